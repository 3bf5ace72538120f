using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Recipients;

/// <summary>Merge-EpPromotionCode takes the codes of runs and jobs from the store: only theirs.</summary>
public sealed class MergeSourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    private string Target => Path.Combine(_folder, "mailing.csv");

    [Theory]
    [InlineData("-Run $run")]
    [InlineData("-Run mailing")]
    [InlineData("-Run (Get-EpPromotionRun -Name mailing)")]
    [InlineData("-Code $run")]
    [InlineData("-Job (Get-EpPromotionJob $run.PromotionId -Name 'mailing *')")]
    [InlineData("-Code (Get-EpPromotionJob $run.PromotionId -Name 'mailing *')")]
    [InlineData("-Code ($run | Receive-EpPromotionJob)")]
    public async Task The_codes_of_a_run_are_given_and_no_others(string codes)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");
        session.Run("$args[0] | New-EpPromotionJob 5 -CodePrefix vip | Wait-EpPromotionJob | Out-Null", id).ThrowIfFailed();
        HashSet<string> others = [.. sandbox.Store.Codes(id).Select(code => code.Code)];
        session.Run("$run = $args[0] | Request-EpPromotionCode 7 -BatchSize 4 -CodePrefix mail -Name mailing", id).ThrowIfFailed();

        RunResult result = session.Run(
            "1..7 | Select-Object @{ n = 'Id'; e = { $_ } } | Merge-EpPromotionCode $args[0] -Key Id " + codes, Target).ThrowIfFailed();

        Assert.Equal(
            sandbox.Store.Codes(id).Select(code => code.Code).Where(code => !others.Contains(code)).Order(),
            result.Values("Code").Order());
    }

    [Fact]
    public async Task The_file_of_an_export_job_has_the_codes_of_the_promotion()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        session.Run("$args[0] | New-EpPromotionJob 5 | Wait-EpPromotionJob | Out-Null", id).ThrowIfFailed();

        RunResult result = session.Run(
            "1..5 | Select-Object @{ n = 'Id'; e = { $_ } } | Merge-EpPromotionCode $args[0] -Key Id -Job ($args[1] | New-EpPromotionJob -Export | Wait-EpPromotionJob)",
            Target,
            id).ThrowIfFailed();

        Assert.Equal(sandbox.Store.Codes(id).Select(code => code.Code).Order(), result.Values("Code").Order());
    }

    [Fact]
    public async Task A_job_that_has_not_ended_is_an_error_and_nothing_is_written()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(
            "$job = $args[1] | New-EpPromotionJob 5; [pscustomobject]@{ Id = 1 } | Merge-EpPromotionCode $args[0] -Key Id -Job $job", Target, id);

        Assert.Equal(["JobNotCompleted,EpPromo.PowerShell.MergeEpPromotionCodeCommand"], result.ErrorIds);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task A_run_that_does_not_exist_is_an_error_before_the_list_is_read()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(
            "1 | ForEach-Object { throw 'read' } | Merge-EpPromotionCode $args[0] -Key Id -Run missing", Target);

        Assert.Equal(["RunNotFound,EpPromo.PowerShell.MergeEpPromotionCodeCommand"], result.ErrorIds);
    }

    /// <summary>Otherwise recipients would get no code although the run has one for them.</summary>
    [Fact]
    public async Task A_run_that_can_be_on_a_promotion_whose_jobs_cannot_be_read_is_an_error()
    {
        await using SandboxServer sandbox = await Runs.GetRunTests.StartWithRunsAsync();
        sandbox.Faults.Add($"endpoint=job-list path=*{sandbox.Store.Promotions[1].Id}* action=status status=404");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("[pscustomobject]@{ Id = 1 } | Merge-EpPromotionCode $args[0] -Key Id -Run bf26", Target);

        Assert.Single(result.ErrorIds);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
