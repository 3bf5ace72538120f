using EpPromo.Http.Transport;

namespace EpPromo.UnitTests.Http.Resilience;

/// <summary>Requests of calls without a time limit.</summary>
internal static class CallsWithoutLimit
{
    public static Task<int> EnterAsync(this AdaptiveRateLimiter limiter, CancellationToken cancellationToken) =>
        limiter.EnterAsync(new CallContext(new SilentObserver(), TimeSpan.MaxValue, new FakeClock()), cancellationToken);
}
