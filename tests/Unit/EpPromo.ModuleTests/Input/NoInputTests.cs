using System.Management.Automation;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Input;

/// <summary>Commands without what they work on: an error of their own, where PowerShell would ask for objects, which nobody can type.</summary>
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
    [InlineData("Clear-EpPromotionUsage -Force", "NoUsages", "| Clear-EpPromotionUsage")]
    [InlineData("Clear-EpPromotionUsage -Usage @() -Force", "NoUsages", "| Clear-EpPromotionUsage")]
    [InlineData("Merge-EpPromotionCode mailing.csv -Key Email", "NoRecipients", "| Merge-EpPromotionCode")]
    public void A_command_without_input_is_an_error_that_says_what_to_do(string command, string errorId, string advice)
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
    [InlineData("Clear-EpPromotionUsage -Force")]
    [InlineData("Remove-EpPromotionCode -Promotion One -Force")]
    public void An_empty_pipeline_is_no_error(string command)
    {
        using ModuleSession session = new();

        Assert.Empty(session.Run($"@() | {command}").ThrowIfFailed().Output);
    }

    /// <summary>PowerShell asks for what is mandatory. A person can type names, ids and codes, but no objects.</summary>
    [Fact]
    public void PowerShell_asks_only_for_what_can_be_typed()
    {
        using ModuleSession session = new();
        CmdletInfo[] commands = [.. session.Run("Get-Command -Module EpPromo -CommandType Cmdlet").ThrowIfFailed().Output.Select(command => (CmdletInfo)command.BaseObject)];

        Assert.NotEmpty(commands);
        Assert.Empty(
            from command in commands
            from set in command.ParameterSets
            where set.IsDefault || command.ParameterSets.Count == 1
            from parameter in set.Parameters
            where parameter.IsMandatory && !CanBeTyped(parameter.ParameterType)
            select $"{command.Name} -{parameter.Name}");

        static bool CanBeTyped(Type type) =>
            type != typeof(PSObject) && (type.GetElementType() ?? type) is { Namespace: not "EpPromo" };
    }

    [Fact]
    public async Task A_search_that_finds_nothing_to_export_is_a_warning()
    {
        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("One");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult searches = session.Run(
            """
            Get-EpPromotion 'x*' | Export-EpPromotionCode $args[0]
            Get-EpPromotionJob One | Wait-EpPromotionJob |
                Export-EpPromotionCode $args[0]
            """,
            folder).ThrowIfFailed();

        Assert.Empty(searches.Output);
        Assert.Equal(
            Enumerable.Repeat("Export-EpPromotionCode got nothing from the command before it, so it wrote no file.", 2), searches.Warnings);
        Assert.False(Directory.Exists(folder));
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
