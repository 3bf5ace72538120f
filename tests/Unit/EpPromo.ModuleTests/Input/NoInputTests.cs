using System.Management.Automation;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Input;

/// <summary>Commands that take jobs, without any: an error of their own, where PowerShell would ask for a job, which nobody can type.</summary>
public sealed class NoInputTests
{
    [Theory]
    [InlineData("Wait-EpPromotionJob", "NoJobs", "| Wait-EpPromotionJob")]
    [InlineData("Wait-EpPromotionJob -Job @()", "NoJobs", "| Wait-EpPromotionJob")]
    [InlineData("Receive-EpPromotionJob", "NoJobs", "| Receive-EpPromotionJob")]
    [InlineData("Stop-EpPromotionJob -Force", "NoJobs", "| Stop-EpPromotionJob")]
    [InlineData("Export-EpPromotionCode 'Summer Sale'", "NothingToExport", "The first argument is the path.")]
    [InlineData("Export-EpPromotionCode ./codes -JobId some", "NothingToExport", "specify -Promotion, -Job or -Run")]
    [InlineData("Export-EpPromotionCode ./codes -Promotion @()", "NothingToExport", "specify -Promotion, -Job or -Run")]
    [InlineData("Export-EpPromotionCode ./codes -Job @()", "NothingToExport", "specify -Promotion, -Job or -Run")]
    public void A_command_without_jobs_is_an_error_that_says_what_to_do(string command, string errorId, string advice)
    {
        using ModuleSession session = new();

        ErrorRecord error = Assert.Single(session.Run(command).Errors);

        Assert.StartsWith(errorId + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(advice, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Wait-EpPromotionJob")]
    [InlineData("Receive-EpPromotionJob")]
    [InlineData("Stop-EpPromotionJob -Force")]
    [InlineData("Export-EpPromotionCode ./codes")]
    public void An_empty_pipeline_is_no_error(string command)
    {
        using ModuleSession session = new();

        Assert.Empty(session.Run($"@() | {command}").ThrowIfFailed().Output);
    }

    /// <summary>A job that binds to -Promotion would be read again, and its file would have another name.</summary>
    [Fact]
    public async Task A_piped_job_is_exported_as_a_job()
    {
        string folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult files = session.Run("$job = $args[0] | New-EpPromotionJob 1 -Name first | Wait-EpPromotionJob; $job | Export-EpPromotionCode $args[1]", id, folder).ThrowIfFailed();

        Directory.Delete(folder, recursive: true);
        Assert.StartsWith("One_first_", Assert.Single(files.Values("Name")), StringComparison.Ordinal);
    }
}
