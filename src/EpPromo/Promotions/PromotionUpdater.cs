using EpPromo.Api;
using EpPromo.Time;

namespace EpPromo.Promotions;

/// <summary>
/// Changes a promotion: reads it, sends what differs from what is wanted, and detects a change by another client in between. The API has no
/// version to compare (api-contract.md section 6), so a change between the read and the write can only be detected afterwards.
/// </summary>
internal sealed class PromotionUpdater
{
    private readonly IPromotionApi _api;
    private readonly IClock _clock;
    private readonly IRandomSource _random;
    private readonly PromotionWrites _shared;
    private readonly TimeSpan _consistencyWindow;

    /// <summary>An updater through <paramref name="api"/>.</summary>
    /// <param name="api">The store.</param>
    /// <param name="clock">Time.</param>
    /// <param name="random">Randomness, for delays.</param>
    /// <param name="shared">What all writes of a store share.</param>
    /// <param name="consistencyWindow">How long a read may lag behind a write.</param>
    public PromotionUpdater(IPromotionApi api, IClock clock, IRandomSource random, PromotionWrites shared, TimeSpan consistencyWindow)
    {
        _api = api;
        _clock = clock;
        _random = random;
        _shared = shared;
        _consistencyWindow = consistencyWindow;
    }

    /// <summary>Makes a promotion have <paramref name="wanted"/>.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="wanted">The fields that it is to have; others stay as they are.</param>
    /// <param name="basis">
    /// The promotion as the caller knows it, or null. If another client has changed one of the fields since, to something else than is wanted,
    /// nothing is sent.
    /// </param>
    /// <param name="cancellationToken">Stops the call; what was sent by then may have been done.</param>
    /// <exception cref="ApiException">The store rejected it.</exception>
    /// <exception cref="EpPromoException">
    /// The result would be invalid, or another client has changed the same field: nothing was sent, or what was sent was overwritten.
    /// </exception>
    /// <exception cref="UncertainResultException">All responses were lost.</exception>
    public async Task<PromotionUpdate> UpdateAsync(
        string promotionId, PromotionFields wanted, Promotion? basis, CancellationToken cancellationToken)
    {
        await _shared.WaitForLostAsync(promotionId, _clock, _consistencyWindow, cancellationToken);
        WriteAttempts attempts = new(_clock, _random);
        basis = _shared.Newest(basis);
        Promotion? before = null;
        while (true)
        {
            Promotion current = await ReadAsync(promotionId, basis, cancellationToken);
            before ??= current;
            IReadOnlyList<PromotionField> differences = Differences(wanted, before, current, attempts.MayHaveWorked);
            ThrowIfChanged(wanted, differences, basis ?? before, current);
            if (differences.Count == 0)
            {
                if (attempts.Lost == 1)
                {
                    // The only write has taken effect, so none is under way.
                    _shared.ResolveLost(promotionId);
                }

                return Result(basis ?? before, current, attempts.MayHaveWorked ? wanted.DifferencesTo(before) : []);
            }

            attempts.ThrowIfLast();
            PromotionFields changes = wanted.Only(differences);
            changes.Validate(current);
            try
            {
                Promotion after = await SendAsync(promotionId, changes, cancellationToken);
                return Result(basis ?? before, after, differences);
            }
            catch (EpPromoException failure) when (attempts.TryAdd(failure))
            {
                // Then it is read again: the write may have worked, and another client may have changed the promotion.
                await attempts.DelayAsync(cancellationToken);
            }
        }
    }

    private async Task<Promotion> SendAsync(string promotionId, PromotionFields changes, CancellationToken cancellationToken)
    {
        try
        {
            return await _api.UpdatePromotionAsync(promotionId, changes, cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or UncertainResultException { Throttled: false })
        {
            _shared.AddLost(promotionId, _clock.UtcNow);
            throw;
        }
    }

    /// <summary>
    /// The promotion as it is, as far as is known: a read may lag behind what this process has written, or what the caller knows.
    /// </summary>
    private async Task<Promotion> ReadAsync(string promotionId, Promotion? basis, CancellationToken cancellationToken)
    {
        Promotion? written = _shared.WrittenSince(promotionId, _clock.UtcNow - _consistencyWindow);
        Promotion read;
        try
        {
            read = await _api.GetPromotionAsync(promotionId, cancellationToken);
        }
        catch (ApiException e) when (e.Kind == ErrorKind.NotFound && e.Error.IsExplained && written is not null)
        {
            return written;
        }

        Promotion current = written is not null && !(read.UpdatedAt > written.UpdatedAt) ? written : read;
        return basis?.UpdatedAt > current.UpdatedAt ? basis : current;
    }

    private PromotionUpdate Result(Promotion basis, Promotion after, IReadOnlyList<PromotionField> changed)
    {
        if (changed.Count > 0)
        {
            _shared.Keep(after, _clock.UtcNow);
        }

        return new PromotionUpdate(
            after,
            changed,
            [.. PromotionField.All.Where(field =>
                !changed.Contains(field) && !PromotionField.AreEqual(field.Actual(basis), field.Actual(after)))]);
    }

    /// <summary>
    /// The fields to send. After a lost response, rules that are others than before, and contain what was sent, are those that were sent, with
    /// what the store has filled in.
    /// </summary>
    private static IReadOnlyList<PromotionField> Differences(PromotionFields wanted, Promotion before, Promotion current, bool mayHaveWorked) =>
    [
        .. wanted.DifferencesTo(current).Where(field =>
            !mayHaveWorked || !field.IsMet(wanted, current) || PromotionField.AreEqual(field.Actual(before), field.Actual(current))),
    ];

    private static void ThrowIfChanged(PromotionFields wanted, IReadOnlyList<PromotionField> differences, Promotion basis, Promotion current)
    {
        foreach (PromotionField field in differences)
        {
            object? known = field.Actual(basis);
            object? found = field.Actual(current);
            if (!PromotionField.AreEqual(known, found))
            {
                throw new EpPromoException(
                    ErrorKind.Busy, nameof(SR.PromotionChanged), current.PromotionId, field.Name,
                    PromotionField.Show(known), PromotionField.Show(found), PromotionField.Show(field.Wanted(wanted)));
            }
        }
    }
}
