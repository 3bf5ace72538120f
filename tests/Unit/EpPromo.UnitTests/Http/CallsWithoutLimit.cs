using EpPromo.Http;

namespace EpPromo.UnitTests.Http;

/// <summary>Requests whose call may take as long as it likes.</summary>
internal static class CallsWithoutLimit
{
    public static Task<int> EnterAsync(this AdaptiveRateLimiter limiter, CancellationToken cancellationToken) =>
        limiter.EnterAsync(new CallBudget(TimeSpan.MaxValue, new FakeClock()), cancellationToken);
}
