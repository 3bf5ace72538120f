using System.Management.Automation;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Jobs;

/// <summary>Wait-EpPromotionJob: its timeout, -Any, failed jobs, progress, and the commands around it.</summary>
public sealed class WaitTests
{
    private const string TimedOut = "WaitTimeout,EpPromo.PowerShell.WaitEpPromotionJobCommand";
    private const string NotSeen = "JobNotSeen,EpPromo.PowerShell.WaitEpPromotionJobCommand";

    /// <summary>Generate jobs do not end while a test runs; export jobs end at once.</summary>
    private static readonly SandboxOptions s_slowCodes = Sandboxes.Quick with { DurationPerCode = TimeSpan.FromHours(1) };

    [Fact]
    public async Task A_job_that_does_not_end_in_time_is_an_error_and_continues()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        RunResult job = session.Run("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 3", id).ThrowIfFailed();
        int writes = sandbox.Writes().Count();

        RunResult waited = session.Run("$args[0] | Wait-EpPromotionJob -Timeout 0.3", job.Output[0]);

        Assert.Equal([TimedOut], waited.ErrorIds);
        Assert.Equal(job.Output[0].BaseObject, waited.Errors[0].TargetObject);
        Assert.Contains("had not ended after 00:00:00.3", waited.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Empty(waited.Output);
        Assert.Equal("processing", sandbox.Store.Jobs(id).Single().Status);
        Assert.Equal(writes, sandbox.Writes().Count());
    }

    [Theory]
    [InlineData("-Timeout 0")]
    [InlineData("-Timeout 0 -Any")]
    [InlineData("-Timeout 0.001")]
    public async Task A_job_that_has_ended_is_emitted_even_with_a_zero_timeout(string time)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        session.Run("$job = New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 1; $null = $job | Wait-EpPromotionJob", id).ThrowIfFailed();

        RunResult byId = session.Run($"Wait-EpPromotionJob -PromotionId $job.PromotionId -JobId $job.JobId {time}").ThrowIfFailed();
        RunResult byJob = session.Run($"$job | Wait-EpPromotionJob {time}").ThrowIfFailed();

        Assert.Equal(["completed"], byId.Values("Status"));
        Assert.Equal(["completed"], byJob.Values("Status"));
    }

    [Fact]
    public async Task A_zero_timeout_polls_each_promotion_once()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(s_slowCodes with { ConcurrentJobs = 1 });
        string[] ids = [sandbox.Store.AddPromotion("One").Id, sandbox.Store.AddPromotion("Two").Id];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        session.Run("$jobs = $args | New-EpPromotionJob -NumberOfCodes 1", ids).ThrowIfFailed();
        int before = sandbox.Requests.Count;

        RunResult waited = session.Run("$jobs | Wait-EpPromotionJob -Timeout 0");

        Assert.Equal([TimedOut, TimedOut], waited.ErrorIds);
        Assert.Equal(ids.Length, sandbox.Requests.Count - before);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0.5")]
    public async Task A_job_that_the_list_does_not_show_in_time_has_an_error_of_its_own(string timeout)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult waited = session.Run($"Wait-EpPromotionJob -PromotionId $args[0] -JobId nothing -Timeout {timeout}", id);

        Assert.Equal([NotSeen], waited.ErrorIds);
        Assert.Equal($"Job nothing did not appear in the list of promotion {id} within {TimeSpan.FromSeconds(double.Parse(timeout, System.Globalization.CultureInfo.InvariantCulture))}.", waited.Errors[0].Exception.Message);
        Assert.Equal(System.Management.Automation.ErrorCategory.OperationTimeout, waited.Errors[0].CategoryInfo.Category);
    }

    [Fact]
    public async Task Any_emits_the_first_job_that_ends_and_leaves_the_others()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(s_slowCodes);
        string[] slow = [sandbox.Store.AddPromotion("Slow one").Id, sandbox.Store.AddPromotion("Slow two").Id];
        string quick = sandbox.Store.AddPromotion("Quick").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        // If -Any waited for all jobs, the timeout would end the wait with errors.
        RunResult waited = session.Run(
            """
            $slow = New-EpPromotionJob -Promotion $args[0], $args[1] -NumberOfCodes 1
            $slow + (New-EpPromotionJob -Promotion $args[2] -Export) | Wait-EpPromotionJob -Any -Timeout 60
            """,
            slow[0], slow[1], quick).ThrowIfFailed();

        Assert.Equal([quick], waited.Values("PromotionId"));
        Assert.All(slow, id => Assert.Equal("processing", sandbox.Store.Jobs(id).Single().Status));
        Assert.Equal(3, sandbox.Writes().Count());
    }

    [Fact]
    public async Task Any_reports_timeouts_only_if_no_job_has_ended()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(s_slowCodes);
        string[] slow = [sandbox.Store.AddPromotion("Slow one").Id, sandbox.Store.AddPromotion("Slow two").Id];
        string quick = sandbox.Store.AddPromotion("Quick").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        session.Run(
            """
            $slow = New-EpPromotionJob -Promotion $args[0], $args[1] -NumberOfCodes 1
            $quick = New-EpPromotionJob -Promotion $args[2] -Export
            $null = $quick | Wait-EpPromotionJob
            """,
            slow[0], slow[1], quick).ThrowIfFailed();

        RunResult one = session.Run("$slow + $quick | Wait-EpPromotionJob -Any -Timeout 0").ThrowIfFailed();
        RunResult none = session.Run("$slow | Wait-EpPromotionJob -Any -Timeout 0");

        Assert.Equal([quick], one.Values("PromotionId"));
        Assert.Equal([TimedOut, TimedOut], none.ErrorIds);
    }

    /// <summary>The upstream command emits all jobs while none of them can have ended.</summary>
    [Fact]
    public async Task The_upstream_command_is_not_blocked()
    {
        AdjustableTimeProvider time = new();
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy with { BaseJobDuration = TimeSpan.FromHours(1), TimeProvider = time });
        string[] ids = [.. Enumerable.Range(0, 4).Select(number => sandbox.Store.AddPromotion($"P{number}").Id)];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        // Jobs end when the upstream command advances the store's clock, after its last object has been accepted. If the wait blocked that
        // command, the timeout would end it with errors. The jobs differ in size because those of one size are polled through one of them.
        RunResult waited = session.Run(
            """
            $time, $ids = $args
            & {
                $ids | ForEach-Object { $codes = 1 } { New-EpPromotionJob -Promotion $_ -NumberOfCodes $codes; $codes *= 10 }
                $time.Advance([timespan]::FromHours(2))
            } | Wait-EpPromotionJob -Timeout 60
            """,
            [time, .. ids]).ThrowIfFailed();

        Assert.Equal(ids.Order(), waited.Values("PromotionId").Order());
        Assert.All(waited.Values("Status"), status => Assert.Equal("completed", status));
    }

    [Fact]
    public async Task A_cancelled_job_is_an_error_unless_AllowFailure_is_given()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult stopped = session.Run("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 3 | Stop-EpPromotionJob -Force -Wait", id).ThrowIfFailed();
        RunResult waited = session.Run("Get-EpPromotionJob $args[0] | Wait-EpPromotionJob", id);
        RunResult allowed = session.Run("Get-EpPromotionJob $args[0] | Wait-EpPromotionJob -AllowFailure", id).ThrowIfFailed();

        Assert.Equal("cancelled", stopped.Values("Status").Single());
        Assert.Equal("JobCancelled,EpPromo.PowerShell.WaitEpPromotionJobCommand", waited.ErrorIds.Single());
        Assert.Equal("cancelled", allowed.Values("Status").Single());
    }

    [Fact]
    public async Task Waiting_shows_progress_and_completes_it()
    {
        await using SandboxServer sandbox = await SandboxServer.StartAsync(
            Sandboxes.Quick with { BaseJobDuration = TimeSpan.FromSeconds(1) }, TestContext.Current.CancellationToken);
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 5 | Wait-EpPromotionJob", id).ThrowIfFailed();

        Assert.NotEmpty(result.Progress);
        Assert.All(result.Progress, record => Assert.InRange(record.PercentComplete, -1, 100));
        Assert.Equal(ProgressRecordType.Completed, result.Progress[^1].RecordType);
    }
}
