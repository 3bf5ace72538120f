using EpPromo.Http.Transport;

namespace EpPromo.UnitTests.Http.Transport;

/// <summary>Lets requests of calls without a timeout pass.</summary>
internal static class AdaptiveRateLimiterExtensions
{
    public static Task<int> EnterAsync(this AdaptiveRateLimiter limiter, CancellationToken cancellationToken) =>
        limiter.EnterAsync(new CallContext(new SilentObserver(), TimeSpan.MaxValue, new FakeClock()), cancellationToken);
}
