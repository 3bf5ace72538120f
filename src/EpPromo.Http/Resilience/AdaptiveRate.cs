using System.Threading.RateLimiting;
using EpPromo.Time;

namespace EpPromo.Http;

/// <summary>
/// Lets requests through one after another, in the order they came, not faster than the store takes them (api-contract.md
/// section 3). A 429 halves the rate, and holds up everybody for as long as the store asks; every accepted request raises the rate a
/// little again, up to the maximum.
/// </summary>
/// <remarks>
/// The bucket is always filled at the maximum rate; a lower rate makes each request cost more. A turnstile in front of it keeps
/// the order, so a dear request can be paid for in parts and the bucket, which is what allows bursts, can stay small.
/// </remarks>
internal sealed class AdaptiveRate : IDisposable
{
    /// <summary>Never slower than this: a store that says 429 to a request every two seconds is not going to be pleased by less.</summary>
    private const double SlowestRate = 0.5;

    /// <summary>Full use for a second raises the rate by this part of the maximum: from half to all in ten seconds.</summary>
    private const double RisePerSecond = 0.05;

    /// <summary>How long the bucket takes to fill: what may come at once after a rest.</summary>
    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(40);

    /// <summary>
    /// A timer wakes late, and what has flowed into a full bucket meanwhile is lost. With room for one request that was a quarter of 25 a
    /// second, so there is room for two, where that is not more than a tenth of a second's requests.
    /// </summary>
    private const double LeastBurst = 2;
    private const double LeastBurstShare = 0.1;

    /// <summary>For rates so low that a single request would be a burst.</summary>
    private const double LeastInflow = 0.8;

    private const int UnitsPerRequest = 10_000;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(1);

    private readonly IClock _clock;
    private readonly double _max;
    private readonly int _bucketSize;
    private readonly TokenBucketRateLimiter _bucket;
    private readonly SemaphoreSlim _turnstile = new(1, 1);
    private readonly object _lock = new();
    private double _rate;
    private int _round;
    private DateTimeOffset _pausedUntil = DateTimeOffset.MinValue;

    /// <summary>A rate of at most <paramref name="maxPerSecond"/> requests a second.</summary>
    public AdaptiveRate(double maxPerSecond, IClock clock)
    {
        _clock = clock;
        _max = _rate = maxPerSecond;
        double least = Math.Min(LeastBurst, Math.Max(1, maxPerSecond * LeastBurstShare));
        double burst = Math.Max(least, maxPerSecond * Burst.TotalSeconds);
        _bucketSize = (int)Math.Ceiling(UnitsPerRequest * burst);

        // A full bucket and what flows into it during a second are together not more than the store takes in any one second.
        double inflow = Math.Max(maxPerSecond - burst, maxPerSecond * LeastInflow);
        _bucket = new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = _bucketSize,
            TokensPerPeriod = Math.Max(1, (int)Math.Round(UnitsPerRequest * inflow * Period.TotalSeconds)),
            ReplenishmentPeriod = Period,
            // Filled when somebody asks: an open store that nobody uses must not keep a timer running.
            AutoReplenishment = false,
            QueueLimit = 0,
        });
    }

    /// <summary>The most requests that are let through in any second just now.</summary>
    public double RequestsPerSecond
    {
        get
        {
            lock (_lock)
            {
                return _rate;
            }
        }
    }

    /// <summary>
    /// Waits until it is this request's turn, off the budget of its call, and waits out what the store has asked all to wait, on it.
    /// Nobody stands in the turnstile during a pause: a call whose time ends with it would hold up the others, or wait behind them.
    /// </summary>
    /// <returns>The round the request belongs to, for <see cref="Throttled"/>.</returns>
    /// <exception cref="AttemptException">The pause is longer than the call has left.</exception>
    public async Task<int> EnterAsync(CallBudget budget, CancellationToken cancellationToken)
    {
        int? unpaid = null;
        while (true)
        {
            await WaitOutPauseAsync(budget, cancellationToken);
            (unpaid, int? round) = await budget.WithoutAsync(() => PassAsync(unpaid, cancellationToken));
            if (round is { } entered)
            {
                return entered;
            }
        }
    }

    /// <summary>
    /// A request of <paramref name="round"/> was answered 429. Only the first one of a round halves the rate: the others were on
    /// their way already. Everybody waits for <paramref name="pause"/>.
    /// </summary>
    public void Throttled(int round, TimeSpan pause)
    {
        lock (_lock)
        {
            if (round == _round)
            {
                _round++;
                _rate = Math.Max(Math.Min(SlowestRate, _max), _rate / 2);
            }

            DateTimeOffset until = _clock.UtcNow + pause;
            _pausedUntil = until > _pausedUntil ? until : _pausedUntil;
        }
    }

    /// <summary>A request was let in by the store.</summary>
    public void Accepted()
    {
        lock (_lock)
        {
            _rate = Math.Min(_max, _rate + Math.Min(_rate, RisePerSecond * _max / _rate));
        }
    }

    public void Dispose() => _bucket.Dispose();

    private async Task WaitOutPauseAsync(CallBudget budget, CancellationToken cancellationToken)
    {
        for (TimeSpan pause = Pause(); pause > TimeSpan.Zero; pause = Pause())
        {
            if (pause >= budget.Remaining)
            {
                throw AttemptException.Held(pause);
            }

            await _clock.DelayAsync(pause, cancellationToken);
        }
    }

    /// <summary>Pays and passes, unless a pause begins: then without a round, and with what is left to be paid after it.</summary>
    private async Task<(int Unpaid, int? Round)> PassAsync(int? unpaid, CancellationToken cancellationToken)
    {
        await _turnstile.WaitAsync(cancellationToken);
        try
        {
            int cost = unpaid ?? Cost();
            while (cost > 0 && Pause() <= TimeSpan.Zero)
            {
                int part = Math.Min(cost, _bucketSize);
                await TakeAsync(part, cancellationToken);
                cost -= part;
            }

            lock (_lock)
            {
                return (cost, cost > 0 || _clock.UtcNow < _pausedUntil ? null : _round);
            }
        }
        finally
        {
            _turnstile.Release();
        }
    }

    private async Task TakeAsync(int units, CancellationToken cancellationToken)
    {
        while (true)
        {
            _bucket.TryReplenish();
            using RateLimitLease lease = _bucket.AttemptAcquire(units);
            if (lease.IsAcquired)
            {
                return;
            }

            TimeSpan pause = lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan known) && known > ShortestPause
                ? known
                : ShortestPause;
            await Task.Delay(pause, cancellationToken);
        }
    }

    private int Cost()
    {
        lock (_lock)
        {
            return (int)Math.Round(UnitsPerRequest * _max / _rate);
        }
    }

    private TimeSpan Pause()
    {
        lock (_lock)
        {
            return _pausedUntil - _clock.UtcNow;
        }
    }
}
