using EpPromo.Http.Requests;
using EpPromo.Time;

namespace EpPromo.Http.Transport;

/// <summary>
/// Lets requests through (<see cref="RequestGate"/>), no faster than the store accepts them (api-contract.md section 3). A 429 halves
/// the rate and holds all requests for as long as the store asks. Every accepted request raises the rate a little, up to the
/// maximum.
/// </summary>
/// <remarks>
/// A generic cell rate algorithm (GCRA): <see cref="_evenlyDue"/> is when the next request would be due if all were evenly spaced,
/// and a request may pass up to <see cref="_tolerance"/> before that, which is what allows bursts. At a lower rate each request
/// advances that moment further; the tolerance stays.
/// </remarks>
internal sealed class AdaptiveRateLimiter
{
    /// <summary>In requests a second. A store that still responds 429 at this rate would do so at any other.</summary>
    private const double MinRate = 0.5;

    /// <summary>One second at full use raises the rate by this share of the maximum: from half to full in ten seconds.</summary>
    private const double RisePerSecond = 0.05;

    /// <summary>A burst, as a share of a second's requests.</summary>
    private const double BurstShare = 0.04;

    /// <summary>
    /// Timers fire late. With a burst of one, that time would be lost: a quarter of 25 requests a second. So a burst is at least two
    /// requests, unless that is more than a tenth of a second's requests.
    /// </summary>
    private const double MinBurst = 2;
    private const double MinBurstShare = 0.1;

    /// <summary>For rates so low that a single request is a burst: the least share of the maximum that the even rate may be.</summary>
    private const double MinEvenShare = 0.8;

    /// <summary>Timers have a resolution of a millisecond, and would round a shorter delay down to none.</summary>
    private static readonly TimeSpan s_minDelay = TimeSpan.FromMilliseconds(1);

    private readonly IClock _clock;
    private readonly double _max;
    private readonly TimeSpan _minInterval;
    private readonly TimeSpan _tolerance;
    private readonly RequestGate _gate = new();
    private readonly object _lock = new();
    private double _rate;
    private int _epoch;
    private DateTimeOffset _evenlyDue = DateTimeOffset.MinValue;
    private DateTimeOffset _pausedUntil = DateTimeOffset.MinValue;

    /// <summary>Limits to <paramref name="maxPerSecond"/> requests in any one second.</summary>
    public AdaptiveRateLimiter(double maxPerSecond, IClock clock)
    {
        _clock = clock;
        _max = _rate = maxPerSecond;
        double minBurst = Math.Min(MinBurst, Math.Max(1, maxPerSecond * MinBurstShare));
        double burst = Math.Max(minBurst, maxPerSecond * BurstShare);

        // A burst and a second of evenly spaced requests together stay within the maximum.
        double evenRate = Math.Max(maxPerSecond - burst, maxPerSecond * MinEvenShare);

        // Rounded up, because at thousands of requests a second the fractions of a tick add up to whole requests. (TimeSpan.FromSeconds of
        // .NET Framework would even round to milliseconds.)
        _minInterval = TimeSpan.FromTicks((long)Math.Ceiling(TimeSpan.TicksPerSecond / evenRate));
        _tolerance = TimeSpan.FromTicks((long)(_minInterval.Ticks * burst));
    }

    /// <summary>The current limit, in requests a second.</summary>
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
    /// Waits until the request may be sent. Waiting for the rate does not count against the time of <paramref name="call"/>; a pause that
    /// the store requests does.
    /// </summary>
    /// <param name="kind">The kind of the request.</param>
    /// <param name="call">The call that the request belongs to.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The epoch that the request belongs to, for <see cref="Throttled"/>.</returns>
    /// <exception cref="AttemptException">The pause is longer than the call has left.</exception>
    public async Task<int> EnterAsync(RequestKind kind, CallContext call, CancellationToken cancellationToken)
    {
        DateTimeOffset? firstInLine = null;
        while (true)
        {
            await WaitOutPauseAsync(call, cancellationToken);
            if (await call.UntimedAsync(PassGateAsync) is { } epoch)
            {
                return epoch;
            }
        }

        // Null when a pause has begun. The request then leaves the gate and waits outside: a call that fails because of the pause must neither
        // block others nor wait behind them. The time at the gate still counts afterwards.
        async Task<int?> PassGateAsync()
        {
            await _gate.EnterAsync(kind, cancellationToken);
            try
            {
                firstInLine ??= _clock.UtcNow;
                while (true)
                {
                    (TimeSpan delay, int? epoch) = TryPass(firstInLine.Value);
                    if (delay <= TimeSpan.Zero)
                    {
                        return epoch;
                    }

                    // At a low rate the delay is long: it is waited in steps, to notice a pause that begins meanwhile.
                    TimeSpan step = delay < _tolerance ? delay : _tolerance;
                    await _clock.DelayAsync(step > s_minDelay ? step : s_minDelay, cancellationToken);
                }
            }
            finally
            {
                _gate.Leave();
            }
        }
    }

    /// <summary>
    /// The store responded 429 to a request of <paramref name="epoch"/>. Only the first 429 of an epoch halves the rate: the other requests
    /// were already on their way. All requests wait for <paramref name="pause"/>.
    /// </summary>
    public void Throttled(int epoch, TimeSpan pause)
    {
        lock (_lock)
        {
            if (epoch == _epoch)
            {
                _epoch++;
                _rate = Math.Max(Math.Min(MinRate, _max), _rate / 2);
            }

            _pausedUntil = Later(_pausedUntil, _clock.UtcNow + pause);
        }
    }

    /// <summary>The store accepted a request.</summary>
    public void Accepted()
    {
        lock (_lock)
        {
            _rate = Math.Min(_max, _rate + Math.Min(_rate, RisePerSecond * _max / _rate));
        }
    }

    private async Task WaitOutPauseAsync(CallContext call, CancellationToken cancellationToken)
    {
        for (TimeSpan pause = Pause(); pause > TimeSpan.Zero; pause = Pause())
        {
            if (pause >= call.Remaining)
            {
                throw AttemptException.HeldBack(pause);
            }

            await _clock.DelayAsync(pause, cancellationToken);
        }
    }

    private TimeSpan Pause()
    {
        lock (_lock)
        {
            return _pausedUntil - _clock.UtcNow;
        }
    }

    /// <summary>Lets a request pass if it is due.</summary>
    /// <param name="firstInLine">Since when the request has been the first in line.</param>
    /// <returns>How long it still has to wait; zero with its epoch when it has passed, zero without one when a pause has begun.</returns>
    private (TimeSpan Delay, int? Epoch) TryPass(DateTimeOffset firstInLine)
    {
        lock (_lock)
        {
            DateTimeOffset now = _clock.UtcNow;
            if (now < _pausedUntil)
            {
                return (TimeSpan.Zero, null);
            }

            TimeSpan interval = TimeSpan.FromTicks((long)(_minInterval.Ticks * _max / _rate));
            DateTimeOffset nextEvenlyDue = Later(_evenlyDue, firstInLine) + interval;
            if (nextEvenlyDue - _tolerance > now)
            {
                return (nextEvenlyDue - _tolerance - now, null);
            }

            // However long it waited, for instance through a pause, it leaves no more than a whole burst behind.
            _evenlyDue = Later(nextEvenlyDue, now + (interval < _tolerance ? interval : _tolerance));
            return (TimeSpan.Zero, _epoch);
        }
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
