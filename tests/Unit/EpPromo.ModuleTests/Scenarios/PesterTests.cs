using EpPromo.ModuleTests.Engine;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Scenarios;

/// <summary>
/// Runs tests/Pester in pwsh under a supported version of Pester. The restore downloads pwsh and each version. A class of its own per version,
/// because tests of one class run one after another, and these wait most of the time.
/// </summary>
public abstract class PesterTests(string pester)
{
    /// <summary>It takes two minutes on an idle machine.</summary>
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task The_operator_scenarios_pass_in_pwsh()
    {
        string script = Path.Combine(RepositoryFolder.Root, "tests", "Pester", "Invoke-Scenario.ps1");

        ProcessResult run = await TestProgram.RunAsync(
            BuildPaths.Pwsh, s_deadline, "-NoProfile", "-NonInteractive", "-File", script, "-PesterVersion", pester);

        Assert.True(run.ExitCode == 0, run.Text);
        Assert.Contains($"Pester {pester} in PowerShell 7.", run.Text, StringComparison.Ordinal);
        Assert.Matches(@"Tests Passed: [1-9]\d*, Failed: 0, Skipped: 0, Inconclusive: 0, NotRun: 0", run.Text);
    }
}
