using EpPromo.Concurrency;
using EpPromo.Runs;
using EpPromo.Runs.Execution;

namespace EpPromo.UnitTests.Runs.Execution;

/// <summary>A run that cannot start is a failed run, and sends nothing.</summary>
public class CodeRunnerTests
{
    [Theory]
    [InlineData("../p", 1, nameof(SR.BadId))]
    [InlineData("", 1, nameof(SR.BadId))]
    [InlineData("p", 0, nameof(SR.BadCount))]
    public async Task An_invalid_request_fails_without_a_request(string promotionId, int count, string errorId)
    {
        FakeClock clock = new();
        RunState run = new(new CodeRunRequest { PromotionId = promotionId, Name = "bf26", Count = count }, clock.UtcNow);
        List<EpPromoException> errors = [];

        // Nothing of the store is there to be used.
        CodeRunner runner = new(new RunContext(null!, clock, null!, null!, null!, new ConcurrencyLimit(1), TimeSpan.Zero));
        CodeRun ended = await runner.RunAsync(
            run,
            _ => Task.CompletedTask,
            error =>
            {
                errors.Add(error);
                return Task.CompletedTask;
            },
            null,
            TestContext.Current.CancellationToken);

        Assert.Equal([errorId], errors.Select(error => error.ErrorId));
        Assert.Equal("failed", ended.Status);
    }
}
