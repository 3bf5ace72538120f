using EpPromo.Api;
using EpPromo.Time;

namespace EpPromo.Codes.Changes;

/// <summary>
/// Sends a write that has the same effect when it is carried out twice, until the store accepts or rejects it: a code cannot be added twice,
/// nor removed twice.
/// </summary>
internal sealed class RepeatedWrite
{
    /// <summary>How often it is sent, responses of 429 not counted.</summary>
    private const int MaxSends = 6;

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
        DateTimeOffset started = _clock.UtcNow;
        for (int sends = 1, throttled = 0; ;)
        {
            try
            {
                return await send();
            }
            catch (UncertainResultException failure) when (failure.Throttled)
            {
                TimeSpan requested = failure.RetryAfter ?? TimeSpan.Zero;
                if (_clock.UtcNow + requested - started > RetryLimit.Default)
                {
                    throw new EpPromoException(failure, ErrorKind.Busy, nameof(SR.RateLimited), failure.Reason);
                }

                await _clock.DelayAsync(requested + JitteredBackoff.Next(throttled++, _random), cancellationToken);
            }
            catch (UncertainResultException)
            {
                IsLost = true;
                _lost.Add();
                if (sends++ == MaxSends)
                {
                    throw;
                }

                await _clock.DelayAsync(JitteredBackoff.Next(sends, _random), cancellationToken);
            }
            catch (ApiException rejected) when (rejected.ErrorId == nameof(SR.WriteConflict) && sends++ < MaxSends)
            {
                // Another client was writing to the promotion: nothing was done.
                await _clock.DelayAsync(JitteredBackoff.Next(sends, _random), cancellationToken);
            }
        }
    }
}
