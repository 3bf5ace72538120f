using EpPromo.ModuleTests.Engine;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Scenarios;

/// <summary>
/// Runs tests/Pester in pwsh under each supported version of Pester. The restore downloads pwsh and both versions.
/// </summary>
public sealed class PesterTests
{
    /// <summary>One version takes two minutes on an idle machine.</summary>
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData("5.7.1")]
    [InlineData("6.2.0")]
    public async Task The_operator_scenarios_pass_in_pwsh(string pester)
    {
        string script = Path.Combine(RepositoryFolder.Root, "tests", "Pester", "Invoke-Scenario.ps1");

        ProcessResult run = await TestProgram.RunAsync(
            BuildPaths.Pwsh, s_deadline, "-NoProfile", "-NonInteractive", "-File", script, "-PesterVersion", pester);

        Assert.True(run.ExitCode == 0, run.Text);
        Assert.Contains($"Pester {pester} in PowerShell 7.", run.Text, StringComparison.Ordinal);
        Assert.Matches(@"Tests Passed: [1-9]\d*, Failed: 0, Skipped: 0, Inconclusive: 0, NotRun: 0", run.Text);
    }
}
