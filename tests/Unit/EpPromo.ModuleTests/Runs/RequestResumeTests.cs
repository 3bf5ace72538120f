using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Runs;

/// <summary>Resumed runs and failed batches: the number of codes is exact in the end.</summary>
public sealed class RequestResumeTests
{
    [Fact]
    public async Task Repeating_a_complete_run_creates_nothing()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");
        session.Run("Request-EpPromotionCode -Promotion $args[0] -Count 1500 -Name bf26 -CodePrefix x-", id).ThrowIfFailed();
        int writes = sandbox.Writes().Count();

        RunResult again = session.Run("Request-EpPromotionCode -Promotion $args[0] -Count 1500 -Name bf26 -CodePrefix x", id).ThrowIfFailed();

        Assert.Equal(["1500"], again.Values("Generated"));
        Assert.Equal(["2"], again.Values("Jobs"));
        Assert.Equal(["completed"], again.Values("Status"));
        Assert.Equal(writes, sandbox.Writes().Count());
        Assert.Equal(1500, sandbox.Store.Codes(id).Count);
    }

    [Fact]
    public async Task An_interrupted_run_is_resumed()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string id = sandbox.Store.AddPromotion("One").Id;
        sandbox.Store.AddJob(id, new JobSpec { JobType = JobSpec.Generate, Name = "bf26 0001/0003", NumberOfCodes = 1000 });
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");

        RunResult run = session.Run("Request-EpPromotionCode -Promotion $args[0] -Count 2500 -Name bf26", id).ThrowIfFailed();

        Assert.Equal(["2500"], run.Values("Generated"));
        Assert.Equal(
            ["bf26 0001/0003", "bf26 0002/0003", "bf26 0003/0003"], sandbox.Store.Jobs(id).Select(job => job.Spec.Name));
        Assert.Equal(2500, sandbox.Store.Codes(id).Count);
    }

    [Theory]
    [InlineData("-CodePrefix y", "-CodePrefix was x and is now y")]
    [InlineData("-CodePrefix x -MaxUsesPerCode 2", "-MaxUsesPerCode was not specified and is now 2")]
    [InlineData("-CodePrefix x -CodeLength 9", "-CodeLength was 8 and is now 9")]
    [InlineData("-CodePrefix x -ConsumeUnit PerApplication", "-ConsumeUnit was per_checkout and is now per_application")]
    [InlineData("-CodePrefix x -Count 40", "size of the first job (-Count, -BatchSize) was 20 and is now 40")]
    [InlineData("-CodePrefix x -BatchSize 10", "planned number of jobs (-Count, -BatchSize) was 1 and is now 2, size of the first job (-Count, -BatchSize) was 20 and is now 10")]
    public async Task The_same_name_with_other_parameters_is_an_error_that_lists_the_differences(string parameters, string differences)
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");
        session.Run("Request-EpPromotionCode -Promotion $args[0] -Count 20 -Name bf26 -CodePrefix x", id).ThrowIfFailed();
        int writes = sandbox.Writes().Count();
        string count = parameters.Contains("-Count", StringComparison.Ordinal) ? "" : "-Count 20";

        RunResult other = session.Run($"Request-EpPromotionCode -Promotion $args[0] {count} -Name bf26 {parameters}", id);

        Assert.Equal("RunDiffers,EpPromo.PowerShell.RequestEpPromotionCodeCommand", Assert.Single(other.ErrorIds));
        Assert.Equal(
            $"Run 'bf26' on promotion {id} was started with other parameters: {differences}.", other.Errors[0].Exception.Message);
        Assert.Equal(writes, sandbox.Writes().Count());
    }

    [Theory]
    [InlineData(FaultAction.FailJob, 0, "20 20")]
    [InlineData(FaultAction.ShortJob, 7, "20 13")]
    [InlineData(FaultAction.ShortJob, 0, "20 20")]
    public async Task The_missing_codes_of_a_batch_are_made_by_another(FaultAction fault, int made, string later)
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy with
        {
            Faults = [new FaultRule { Endpoint = "job-create", Action = fault, Count = made, Skip = 1, Times = 1 }],
        });
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult run = session.Run("Request-EpPromotionCode -Promotion $args[0] -Count 60 -BatchSize 20", id).ThrowIfFailed();

        Assert.Equal(60, sandbox.Store.Codes(id).Count);
        Assert.Equal(["60"], run.Values("Generated"));
        Assert.Equal(["1"], run.Values("Retried"));
        Assert.Equal(later, string.Join(' ', sandbox.Store.Jobs(id).Skip(2).Select(job => job.Spec.NumberOfCodes)));
    }

    [Fact]
    public async Task A_batch_that_somebody_cancels_is_replaced()
    {
        AdjustableTimeProvider time = new();
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy with
        {
            BaseJobDuration = TimeSpan.FromMinutes(10),
            CancellationDuration = TimeSpan.Zero,
            TokenLifetime = TimeSpan.FromDays(1),
            TimeProvider = time,
        });
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        using ModuleSession other = ModuleSession.ConnectedTo(sandbox);
        Task<RunResult> running = Task.Run(
            () => session.Run("Request-EpPromotionCode -Promotion $args[0] -Count 20", id), TestContext.Current.CancellationToken);
        await UntilAsync(() => sandbox.Store.Jobs(id).Count == 1);
        other.Run("Get-EpPromotionJob $args[0] | Stop-EpPromotionJob -Force", id).ThrowIfFailed();

        await UntilAsync(() => sandbox.Store.Jobs(id).Count == 2);
        time.Advance(TimeSpan.FromMinutes(11));
        RunResult run = (await running).ThrowIfFailed();

        Assert.Equal(["cancelled", "completed"], sandbox.Store.Jobs(id).Select(job => job.Status));
        Assert.Equal(["20"], run.Values("Generated"));
        Assert.Equal(["1"], run.Values("Retried"));
        Assert.Equal(20, sandbox.Store.Codes(id).Count);
    }

    [Fact]
    public async Task A_promotion_that_reaches_its_limit_stops_and_the_others_continue()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string full = sandbox.Store.AddPromotion("Full", codesLimit: 2500).Id;
        string roomy = sandbox.Store.AddPromotion("Roomy").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult runs = session.Run("Request-EpPromotionCode -Promotion $args -Count 4000", full, roomy);

        Assert.Equal("CodesLimitExceeded,EpPromo.PowerShell.RequestEpPromotionCodeCommand", Assert.Single(runs.ErrorIds));
        Assert.Contains("it got 2000 of 4000", runs.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Contains("Ask Elastic Path", runs.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(full, runs.Errors[0].TargetObject);
        Assert.Equal(
            ["2000 failed", "4000 completed"],
            runs.Output.Select(run => $"{run.Properties["Generated"].Value} {run.Properties["Status"].Value}").Order());
        Assert.Equal(3, sandbox.Store.Jobs(full).Count);
        Assert.Equal(4000, sandbox.Store.Codes(roomy).Count);
    }

    [Fact]
    public async Task A_run_whose_batches_stay_empty_gives_up()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy with
        {
            Faults = [new FaultRule { Endpoint = "job-create", Action = FaultAction.FailJob, Skip = 1 }],
        });
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult run = session.Run("Request-EpPromotionCode -Promotion $args[0] -Count 60 -BatchSize 20", id);

        Assert.Equal("TooManyEmptyBatches,EpPromo.PowerShell.RequestEpPromotionCodeCommand", Assert.Single(run.ErrorIds));
        Assert.Equal(4, sandbox.Store.Jobs(id).Count);
        Assert.Equal(["20"], run.Values("Generated"));
        Assert.Equal(["failed"], run.Values("Status"));

        // Without the name, the same command would be a new run of 60 more codes.
        Assert.EndsWith($"with -Name '{run.Values("Name").Single()}' to resume the run.", run.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
