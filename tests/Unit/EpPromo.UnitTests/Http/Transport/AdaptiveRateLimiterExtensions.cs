using EpPromo.Http.Requests;
using EpPromo.Http.Transport;

namespace EpPromo.UnitTests.Http.Transport;

/// <summary>Lets requests pass whose kind does not matter.</summary>
internal static class AdaptiveRateLimiterExtensions
{
    /// <summary>Lets a request of a call without a timeout pass.</summary>
    public static Task<int> EnterAsync(this AdaptiveRateLimiter limiter, CancellationToken cancellationToken) =>
        limiter.EnterAsync(new CallContext(new SilentObserver(), TimeSpan.MaxValue, new FakeClock()), cancellationToken);

    public static Task<int> EnterAsync(this AdaptiveRateLimiter limiter, CallContext call, CancellationToken cancellationToken) =>
        limiter.EnterAsync(RequestKind.Read, call, cancellationToken);
}
