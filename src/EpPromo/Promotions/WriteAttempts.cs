using EpPromo.Api;
using EpPromo.Time;

namespace EpPromo.Promotions;

/// <summary>The attempts of one write whose responses may be lost: how they have ended, and whether and when there is another one.</summary>
internal sealed class WriteAttempts
{
    /// <summary>How often a write is sent whose responses are lost, responses of 429 not counted.</summary>
    private const int MaxSends = 6;

    private readonly IClock _clock;
    private readonly IRandomSource _random;
    private readonly DateTimeOffset _startedAt;
    private int _lost;
    private int _throttled;

    /// <summary>No attempts so far.</summary>
    public WriteAttempts(IClock clock, IRandomSource random)
    {
        _clock = clock;
        _random = random;
        _startedAt = clock.UtcNow;
    }

    /// <summary>Whether the store may have carried out one of them. A response of 429 comes before any work.</summary>
    public bool MayHaveWorked => _lost > 0;

    /// <summary>The last failure.</summary>
    public UncertainResultException? LastFailure { get; private set; }

    /// <summary>Takes a lost response into account.</summary>
    public void Add(UncertainResultException failure)
    {
        LastFailure = failure;
        _ = failure.Throttled ? _throttled++ : _lost++;
    }

    /// <summary>Whether the write may be sent again.</summary>
    public bool MayRepeat => _lost < MaxSends && !IsThrottledTooLong;

    /// <summary>Waits before the write is sent again.</summary>
    /// <exception cref="EpPromoException">Of kind <see cref="ErrorKind.Busy"/>: the store requests a longer delay than a write has.</exception>
    public Task DelayAsync(CancellationToken cancellationToken)
    {
        if (IsThrottledTooLong)
        {
            throw new EpPromoException(LastFailure, ErrorKind.Busy, nameof(SR.RateLimited), LastFailure!.Reason);
        }

        TimeSpan backoff = JitteredBackoff.Next(_lost + _throttled, _random);
        return _clock.DelayAsync((LastFailure!.RetryAfter ?? TimeSpan.Zero) + backoff, cancellationToken);
    }

    /// <summary>Waiting for a store that accepts no requests has a limit, as it has for reads (docs/guarantees.md).</summary>
    private bool IsThrottledTooLong => LastFailure is { Throttled: true } failure
        && _clock.UtcNow + (failure.RetryAfter ?? TimeSpan.Zero) > _startedAt + RetryLimit.Default;
}
