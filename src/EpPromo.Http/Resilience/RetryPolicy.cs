using EpPromo.Http.Requests;
using EpPromo.Http.Transport;
using EpPromo.Stores;
using EpPromo.Time;

namespace EpPromo.Http.Resilience;

/// <summary>
/// Retries attempts whose failure may be transient: with exponential delays, fully jittered and capped, within the time of the
/// call. Whether a request may be retried at all depends on its kind: a write only when it was certainly not sent
/// (docs/guarantees.md).
/// </summary>
/// <remarks>
/// A loop and not Polly: a retry whose delay does not fit into the time of the call must not start, and the delay is random. So the delay
/// must be known before the decision; Polly computes it afterwards (docs/architecture.md).
/// </remarks>
internal sealed class RetryPolicy
{
    /// <summary>The default. Hardly more fit into the time of a call; this limit is for a store that fails without delay.</summary>
    public const int MaxRetries = 9;

    /// <summary>
    /// On the first connection, for attempts without a response of the API: the address may be mistyped, which should be reported soon.
    /// </summary>
    private const int MaxFirstConnectionRetries = 2;

    /// <summary>
    /// A malformed response is usually malformed again, unless a gateway damaged it. Even if a gateway damages one response in thirty, so
    /// many retries make a failed call very unlikely; with only two, one call in 27,000 would fail. A large response counts as all four.
    /// </summary>
    private const int MaxMalformedResponses = 4;

    /// <summary>
    /// The store sends the same Retry-After to all clients. Each waits up to this share longer, so that they do not all return at once.
    /// </summary>
    private const double RetryAfterSpread = 0.25;

    private readonly StoreOptions _options;
    private readonly StoreCounters _counters;
    private readonly IClock _clock;
    private readonly IRandomSource _random;

    public RetryPolicy(StoreOptions options, StoreCounters counters, IClock clock, IRandomSource random)
    {
        _options = options;
        _counters = counters;
        _clock = clock;
        _random = random;
    }

    /// <summary>Runs <paramref name="attempt"/> until it succeeds or should not be retried.</summary>
    /// <exception cref="AttemptException">The last attempt's.</exception>
    public async Task<T> RunAsync<T>(
        ApiRequest request, CallContext call, Func<Task<T>> attempt, CancellationToken cancellationToken)
    {
        for (int retry = 0; ; retry++)
        {
            try
            {
                T result = await attempt();
                call.Observer.Succeeded();
                return result;
            }
            catch (AttemptException failed)
            {
                call.Count(failed);
                TimeSpan delay = Delay(retry, failed.RetryAfter);
                if (retry >= MaxRetries || !ShouldRetry(request.Kind, call, failed) || delay >= call.Remaining)
                {
                    throw;
                }

                _counters.CountRetry();
                call.ReportRetry(request.Name, request.Host, retry + 1, delay, failed.Message);
                await _clock.DelayAsync(delay, cancellationToken);
            }
        }
    }

    /// <summary>
    /// The delay before retry number <paramref name="retry"/> (from 0): a random part of a growing one, and at least what the store
    /// requests. If it requests none ("0", or a date in the past), the random part applies.
    /// </summary>
    public TimeSpan Delay(int retry, TimeSpan? retryAfter)
    {
        double max = Math.Min(_options.MaxRetryDelay.Ticks, _options.RetryDelay.Ticks * Math.Pow(2, retry));
        double own = max * _random.NextDouble();
        double requested = (retryAfter?.Ticks ?? 0) * (1 + (RetryAfterSpread * _random.NextDouble()));
        return TimeSpan.FromTicks((long)Math.Max(own, requested));
    }

    private static bool ShouldRetry(RequestKind kind, CallContext call, AttemptException failed) =>
        !MayBeMistyped(call, failed) && failed.Failure switch
        {
            AttemptFailure.NotSent => true,
            _ when kind == RequestKind.Write => false,
            _ when failed.IsMalformedResponse => MalformedResponses(call) <= MaxMalformedResponses,
            AttemptFailure.Refused => HttpStatus.IsTransient(failed.Error!.StatusCode),
            _ => true,
        };

    private static int MalformedResponses(CallContext call) =>
        call.MalformedResponses + (call.LargeMalformedResponses * (MaxMalformedResponses - 1));

    /// <summary>Whether the address may be mistyped: several attempts without a response, or a status that suggests it.</summary>
    private static bool MayBeMistyped(CallContext call, AttemptException failed) =>
        call.IsFirstConnection
        && !failed.IsResponseOfApi
        && (call.AttemptsWithoutApi > MaxFirstConnectionRetries || failed.Error is { IsExplained: false, StatusCode: 403 or 404 or 405 });
}
