using System.Text.RegularExpressions;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Pipeline;

/// <summary>The log of an unattended command says what it has deleted: -Verbose has PowerShell's line for it, also without a question.</summary>
public sealed class ForcedOperationTests
{
    private const string Job = "$job = New-EpPromotionJob 5 -Promotion Summer -Name spring;";

    [Theory]
    [InlineData("Remove-EpPromotion Summer", "Delete the promotion with its jobs and its codes", "Promotion 'Summer'")]
    [InlineData("Remove-EpPromotionCode C1 -Promotion Summer", "Remove 1 code", "Promotion 'Summer'")]
    [InlineData("Get-EpPromotionUsage Summer | Clear-EpPromotionUsage", "Anonymize 2 usages; their customers cannot be restored", "Promotion 'Summer'")]
    [InlineData(Job + "$job | Stop-EpPromotionJob", "Cancel the job for 5 codes; the store may delete those that it has generated", "Job 'spring' (*) of promotion 'Summer'")]
    [InlineData(Job + "Stop-EpPromotionJob -Promotion Summer -JobId $job.JobId", "Cancel the job", "Job * of promotion 'Summer'")]
    public async Task Verbose_shows_the_operation_although_nothing_is_asked(string command, string operation, string target)
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string id = sandbox.Store.AddPromotion("Summer").Id;
        sandbox.Store.AddCodes(id, ["C1", "C2"]);
        sandbox.Store.AddUsage(id, "C1", "a@example.com");
        sandbox.Store.AddUsage(id, "C2", "b@example.com");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(command + " -Force -Verbose").ThrowIfFailed();

        string line = Assert.Single(result.Verbose, line => line.StartsWith("Performing", StringComparison.Ordinal));
        Assert.Matches(
            "^" + Regex.Escape($"Performing the operation \"{operation}\" on target \"{target}\".").Replace(@"\*", "[-0-9a-f]+", StringComparison.Ordinal) + "$", line);
    }
}
