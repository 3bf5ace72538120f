using EpPromo.Time;

namespace EpPromo.Codes.Changes;

/// <summary>
/// Adds codes to promotions, each exactly once in effect, although responses can be lost (docs/guarantees.md, "Codes added and removed"). It
/// rests on the store: a promotion has a code at most once (api-contract.md section 6), so a request can be sent again.
/// </summary>
internal sealed class CodeAdder
{
    private readonly ICodeApi _api;
    private readonly RemovedCodes _removed;
    private readonly Func<DateTimeOffset> _serverTime;
    private readonly IClock _clock;
    private readonly IRandomSource _random;
    private readonly TimeSpan _window;
    private readonly BatchSize _batchSize = new();

    /// <summary>An adder of codes in one store.</summary>
    /// <param name="api">The codes of the store.</param>
    /// <param name="removed">The codes that were removed lately.</param>
    /// <param name="serverTime">The time by the store's clock, which the times of codes are compared with.</param>
    /// <param name="clock">Time.</param>
    /// <param name="random">Randomness, for delays.</param>
    /// <param name="consistencyWindow">How long lists may lag behind a write, and a write behind its request.</param>
    public CodeAdder(
        ICodeApi api, RemovedCodes removed, Func<DateTimeOffset> serverTime, IClock clock, IRandomSource random, TimeSpan consistencyWindow)
    {
        _removed = removed;
        _api = api;
        _serverTime = serverTime;
        _clock = clock;
        _random = random;
        _window = consistencyWindow;
    }

    /// <summary>Adds codes to a promotion. When it ends, nothing that it has sent can still have an effect, unless it is cancelled.</summary>
    /// <param name="promotionId">The promotion. One addition at a time.</param>
    /// <param name="codes">The codes, validated, no two of them the same.</param>
    /// <param name="skipExisting">Whether codes that the promotion has are expected, so that they are searched for first.</param>
    /// <param name="observer">Receives what became of each code.</param>
    /// <param name="cancellationToken">Stops it; what was sent by then may have been done.</param>
    /// <exception cref="EpPromoException">
    /// Codes that were not reported to the observer were not added; of kind <see cref="ErrorKind.Uncertain"/>: may have been added.
    /// </exception>
    public Task AddAsync(
        string promotionId, IReadOnlyList<NewCode> codes, bool skipExisting, ICodeAddObserver observer, CancellationToken cancellationToken)
    {
        LostWrites lost = new(_clock, _window, observer.OnWaiting);
        DateTimeOffset startedAt = _clock.UtcNow;

        // The store's clock is known only after its first response.
        AddVerification verification = new(_api, promotionId, () => _serverTime() - (_clock.UtcNow - startedAt));
        CodeAddition addition = new(
            _api, promotionId, codes, observer, _batchSize, _removed, lost, () => new RepeatedWrite(lost, _clock, _random), verification);
        return addition.RunAsync(skipExisting, cancellationToken);
    }
}
