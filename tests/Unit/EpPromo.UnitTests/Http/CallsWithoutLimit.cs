using EpPromo.Http;

namespace EpPromo.UnitTests.Http;

/// <summary>Requests whose call may take as long as it likes.</summary>
internal static class CallsWithoutLimit
{
    public static Task<int> EnterAsync(this AdaptiveRate rate, CancellationToken cancellationToken) =>
        rate.EnterAsync(new CallBudget(TimeSpan.MaxValue, new FakeClock()), cancellationToken);
}
