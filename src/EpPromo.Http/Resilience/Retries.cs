using EpPromo.Stores;
using EpPromo.Time;
using Polly;
using Polly.Retry;

namespace EpPromo.Http;

/// <summary>
/// Repeats tries that failed for a reason that may pass, with exponential pauses, fully jittered and capped, within the time
/// of the call. Whether a request may be repeated at all depends on what it does: a write only when it was certainly not sent
/// (docs/guarantees.md).
/// </summary>
internal sealed class Retries
{
    /// <summary>As many as fit into the time of a call anyway; it ends calls to a store that fails at once.</summary>
    public const int Usual = 9;

    /// <summary>
    /// For a store that has never answered yet, how often a try is repeated that brought no response of the API: a mistyped address should
    /// show soon. A response of the API is no sign of one.
    /// </summary>
    private const int Unproven = 2;

    /// <summary>
    /// An answer that makes no sense is seldom better the next time, unless something in between made it. Then it is now and then one of
    /// thirty, and with two tries more one call in some thousand would still end with it. A large one counts for all of them: it is had
    /// once more at the most.
    /// </summary>
    private const int MaxOddAnswers = 4;

    /// <summary>What the store asks to wait, it asks of all: each waits up to this part longer, so that they do not come back at the same moment.</summary>
    private const double Spread = 0.25;

    private const int RequestTimeout = 408;
    private const int TooManyRequests = 429;
    private const int NotImplemented = 501;

    private static readonly ResiliencePropertyKey<Call> CallKey = new("call");
    private static readonly ResiliencePropertyKey<ApiRequest> RequestKey = new("request");

    private readonly StoreOptions _options;
    private readonly StoreCounters _counters;
    private readonly IClock _clock;
    private readonly IRandomSource _random;
    private readonly ResiliencePipeline _pipeline;

    public Retries(StoreOptions options, StoreCounters counters, IClock clock, IRandomSource random)
    {
        _options = options;
        _counters = counters;
        _clock = clock;
        _random = random;
        _pipeline = new ResiliencePipelineBuilder()
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue,
                ShouldHandle = args => new ValueTask<bool>(
                    args.Outcome.Exception is AttemptException failed
                    && IsWorthAnother(Request(args.Context), Call(args.Context), failed, args.AttemptNumber)),
                // The pause is ours, by our own clock.
                DelayGenerator = static _ => new ValueTask<TimeSpan?>(TimeSpan.Zero),
                OnRetry = async args =>
                {
                    Call call = Call(args.Context);
                    _counters.CountRetry();
                    call.Log.Repeating(Request(args.Context), args.AttemptNumber + 1, call.NextPause, args.Outcome.Exception!.Message);
                    await _clock.DelayAsync(call.NextPause, args.Context.CancellationToken);
                },
            })
            .Build();
    }

    /// <summary>Runs <paramref name="attempt"/> until it succeeds or is not worth repeating.</summary>
    /// <exception cref="AttemptException">The last try's.</exception>
    public async Task<T> RunAsync<T>(
        ApiRequest request, Call call, Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(CallKey, call);
        context.Properties.Set(RequestKey, request);
        try
        {
            return await _pipeline.ExecuteAsync(
                static async (running, work) => await work(running.CancellationToken), context, attempt);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>
    /// The pause before repeat number <paramref name="repeat"/> (from 0): a random part of a growing one, and never less than the store
    /// asks for. A store that asks for nothing ("0", or a date gone by) is still one that fails.
    /// </summary>
    public TimeSpan Pause(int repeat, TimeSpan? retryAfter)
    {
        double longest = Math.Min(_options.MaxRetryDelay.Ticks, _options.RetryDelay.Ticks * Math.Pow(2, repeat));
        double own = longest * _random.NextDouble();
        double asked = (retryAfter?.Ticks ?? 0) * (1 + (Spread * _random.NextDouble()));
        return TimeSpan.FromTicks((long)Math.Max(own, asked));
    }

    private bool IsWorthAnother(ApiRequest request, Call call, AttemptException failed, int repeat)
    {
        if (repeat >= Usual || IsMistyped(call, failed) || !MayRepeat(request.Kind, call, failed))
        {
            return false;
        }

        call.NextPause = Pause(repeat, failed.RetryAfter);
        return call.NextPause < call.Budget.Remaining;
    }

    /// <summary>Whether nothing speaks for a store at this address: the same few times in a row, or a page that says so by its status.</summary>
    private static bool IsMistyped(Call call, AttemptException failed) =>
        !call.IsProven
        && !failed.IsResponseOfApi
        && (++call.Unanswered > Unproven || failed.Error is { IsExplained: false, StatusCode: 403 or 404 or 405 });

    private static bool MayRepeat(RequestKind kind, Call call, AttemptException failed) => failed.Failure switch
    {
        AttemptFailure.NotSent => true,
        _ when kind == RequestKind.Write => false,
        AttemptFailure.TimedOut or AttemptFailure.Broken => true,
        AttemptFailure.Refused when !RefusalErrors.IsUnexplained(failed.Error!) => failed.Error!.StatusCode is RequestTimeout or TooManyRequests or (>= 500 and not NotImplemented),
        _ => (call.OddAnswers += failed.IsLarge ? MaxOddAnswers : 1) <= MaxOddAnswers,
    };

    private static Call Call(ResilienceContext context) => context.Properties.GetValue(CallKey, null!);

    private static ApiRequest Request(ResilienceContext context) => context.Properties.GetValue(RequestKey, null!);
}
