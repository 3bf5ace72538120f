using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Jobs;

/// <summary>-Timeout of the commands that create jobs: an error with an id of its own; jobs in the store continue.</summary>
public sealed class TimeoutTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    [Fact]
    public async Task An_export_that_does_not_end_in_time_is_an_error_and_its_job_continues()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("Export-EpPromotionCode -Promotion $args[0] $args[1] -Timeout 0.5", id, Path.Combine(_folder, "codes.csv"));

        Assert.Equal(["ExportTimeout,EpPromo.PowerShell.ExportEpPromotionCodeCommand"], result.ErrorIds);
        Assert.Equal(id, result.Errors[0].TargetObject);
        SandboxJob job = sandbox.Store.Jobs(id).Single();
        Assert.Equal(("code_export", "processing"), (job.Spec.JobType, job.Status));
        Assert.Single(sandbox.Writes());
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task A_create_that_waits_too_long_is_an_error_and_the_active_job_continues()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        RunResult first = session.Run("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 3", id).ThrowIfFailed();

        RunResult result = session.Run("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 3 -WhenBusy Wait -Timeout 0.5", id);

        Assert.Equal(["CreateTimeout,EpPromo.PowerShell.NewEpPromotionJobCommand"], result.ErrorIds);
        Assert.Equal(id, result.Errors[0].TargetObject);
        Assert.Empty(result.Output);
        SandboxJob job = sandbox.Store.Jobs(id).Single();
        Assert.Equal((first.Values("JobId")[0], "processing"), (job.Id, job.Status));
    }

    /// <summary>A command that repeats a request would seem to hang, and its timeout would not say that the store is the cause.</summary>
    [Theory]
    [InlineData("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 3 -Timeout 0.5", "CreateTimeout")]
    [InlineData("Export-EpPromotionCode -Promotion $args[0] -Path $args[1] -Timeout 0.5", "ExportTimeout")]
    [InlineData("Request-EpPromotionCode -Promotion $args[0] -Count 3 -Timeout 0.5", "RunTimeout")]
    public async Task Requests_that_keep_failing_are_a_single_warning_and_part_of_the_timeout(string command, string errorId)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        sandbox.Faults.Add("endpoint=job-* action=status status=429 retry-after=seconds time=20s");

        RunResult result = session.Run(command, id, Path.Combine(_folder, "codes.csv"));

        string store = $"store at {sandbox.BaseUri.Authority}";
        Assert.Contains($"{store} has failed: 429 Too Many Requests", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal(errorId, Assert.Single(result.ErrorIds).Split(',')[0]);
        Assert.Contains($"The last request to the {store} failed: 429 Too Many Requests", result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    /// <summary>
    /// The upstream command takes longer than the timeout. Then it passes on an object that needs far less, even on a busy machine: the job
    /// of many codes outlasts the test, the others take 300 ms.
    /// </summary>
    [Theory]
    [InlineData("Wait-EpPromotionJob -Timeout 4", "New-EpPromotionJob -Promotion $two -Export")]
    [InlineData("Export-EpPromotionCode -Path $folder/codes/ -Timeout 4", "$two")]
    [InlineData("New-EpPromotionJob -NumberOfCodes 1 -Timeout 4", "$two")]
    [InlineData("Request-EpPromotionCode -Count 1 -Timeout 4", "$two")]
    public async Task The_timeout_starts_with_the_first_input_of_the_command(string command, string output)
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(
            Sandboxes.Quick with { BaseJobDuration = TimeSpan.FromMilliseconds(300), DurationPerCode = TimeSpan.FromMilliseconds(20) });
        string one = sandbox.Store.AddPromotion("One").Id;
        string two = sandbox.Store.AddPromotion("Two").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(
            $$"""
            $one, $two, $folder = $args
            $long = New-EpPromotionJob -Promotion $one -NumberOfCodes 1000
            & {
                $long | Wait-EpPromotionJob -Timeout 4.2 -ErrorAction Ignore
                {{output}}
            } | {{command}}
            """,
            one, two, _folder).ThrowIfFailed();

        Assert.Equal([two], result.Values("PromotionId"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
