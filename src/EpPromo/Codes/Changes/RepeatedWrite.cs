using EpPromo.Api;
using EpPromo.Time;

namespace EpPromo.Codes.Changes;

/// <summary>
/// Sends a write that has the same effect when it is carried out twice, until the store accepts or rejects it: a code cannot be added twice,
/// nor removed twice.
/// </summary>
internal sealed class RepeatedWrite
{
    private readonly LostWrites _lost;
    private readonly IClock _clock;
    private readonly IRandomSource _random;

    /// <summary>A write that has not been sent.</summary>
    /// <param name="lost">Records each lost response.</param>
    /// <param name="clock">Time.</param>
    /// <param name="random">Randomness, for delays.</param>
    public RepeatedWrite(LostWrites lost, IClock clock, IRandomSource random)
    {
        _lost = lost;
        _clock = clock;
        _random = random;
    }

    /// <summary>Whether a response was lost, so that the store may have carried it out before it gave the last response.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Sends it.</summary>
    /// <exception cref="ApiException">The store rejected it.</exception>
    /// <exception cref="UncertainResultException">Each response was lost.</exception>
    /// <exception cref="EpPromoException">It was certainly not sent.</exception>
    public async Task<T> SendAsync<T>(Func<Task<T>> send, CancellationToken cancellationToken)
    {
        WriteAttempts attempts = new(_clock, _random);
        while (true)
        {
            try
            {
                return await send();
            }
            catch (EpPromoException failure) when (attempts.TryAdd(failure))
            {
                if (failure is UncertainResultException { Throttled: false })
                {
                    IsLost = true;
                    _lost.Add();
                }

                attempts.ThrowIfLast();
                await attempts.DelayAsync(cancellationToken);
            }
        }
    }
}
