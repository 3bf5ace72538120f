using EpPromo.Time;

namespace EpPromo.Api;

/// <summary>The attempts of one write whose responses may be lost: how they have ended, and whether and when there is another one.</summary>
internal sealed class WriteAttempts
{
    private readonly IClock _clock;
    private readonly IRandomSource _random;
    private readonly DateTimeOffset _startedAt;
    private EpPromoException? _last;
    private int _conflicts;
    private int _throttled;

    /// <summary>No attempts so far.</summary>
    public WriteAttempts(IClock clock, IRandomSource random)
    {
        _clock = clock;
        _random = random;
        _startedAt = clock.UtcNow;
    }

    /// <summary>How many of them the store may have carried out. A 429 or 409 means that it was not.</summary>
    public int Lost { get; private set; }

    /// <summary>Whether the store may have carried out one of them.</summary>
    public bool MayHaveWorked => Lost > 0;

    /// <summary>The last lost response.</summary>
    public UncertainResultException? LastFailure { get; private set; }

    /// <summary>Takes a failure into account after which the write may be sent again: a lost response, or a conflict of writes (409).</summary>
    /// <returns>Whether it is one.</returns>
    public bool TryAdd(EpPromoException failure)
    {
        bool isConflict = failure.ErrorId == nameof(SR.WriteConflict);
        if (failure is UncertainResultException lost)
        {
            LastFailure = lost;
            _ = lost.Throttled ? _throttled++ : Lost++;
        }
        else if (isConflict)
        {
            _conflicts++;
        }
        else
        {
            return false;
        }

        _last = failure;
        return true;
    }

    /// <summary>Whether the write was sent so often that it is not sent again.</summary>
    public bool IsLast => Lost + _conflicts >= RetryLimit.MaxSends;

    /// <summary>Throws the last failure if the write was sent so often that it is not sent again.</summary>
    public void ThrowIfLast()
    {
        if (IsLast)
        {
            throw _last!;
        }
    }

    /// <summary>Waits before the write is sent again.</summary>
    /// <exception cref="EpPromoException">Of kind <see cref="ErrorKind.Busy"/>: the store requests a longer delay than a write has.</exception>
    public Task DelayAsync(CancellationToken cancellationToken)
    {
        UncertainResultException? failure = _last as UncertainResultException;
        TimeSpan requested = failure?.RetryAfter ?? TimeSpan.Zero;

        // Waiting for a store that accepts no requests has a limit, as it has for reads (docs/guarantees.md).
        return failure is { Throttled: true } && _clock.UtcNow + requested > _startedAt + RetryLimit.Default
            ? throw new EpPromoException(failure, ErrorKind.Busy, nameof(SR.RateLimited), failure.Reason)
            : _clock.DelayAsync(requested + JitteredBackoff.Next(Lost + _conflicts + _throttled, _random), cancellationToken);
    }
}
