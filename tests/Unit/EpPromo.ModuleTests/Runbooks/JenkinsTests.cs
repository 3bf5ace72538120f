using System.Text.RegularExpressions;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Runbooks;

/// <summary>samples/runbooks/jenkins: the script of the step is run. .ci/lint parses the Groovy around it.</summary>
public sealed partial class JenkinsTests
{
    [Theory]
    [InlineData("Summer Sale", 0)]
    [InlineData("No such promotion", 2)]
    public async Task The_step_has_the_exit_code_of_the_runbook(string promotion, int exitCode)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync("Summer Sale");
        using RunbookMachine machine = new(sandbox);
        machine.Variables["PROMOTION"] = promotion;
        machine.Variables["BATCH"] = "Mailing 12";
        machine.Variables["COUNT"] = "7";
        Match step = Step().Match(RunbookMachine.Read("jenkins/Jenkinsfile"));
        Assert.True(step.Success);
        foreach (string folder in (string[])["out", "samples"])
        {
            Directory.CreateSymbolicLink(Path.Combine(machine.Folder, folder), Path.Combine(RepositoryFolder.Root, folder));
        }

        ProcessResult run = await machine.RunAsync("pwsh", "-NoProfile", "-NonInteractive", "-Command", step.Groups[1].Value);

        Assert.True(run.ExitCode == exitCode, run.Text);
        Assert.Equal(exitCode == 0 ? 7 : 0, sandbox.Store.Codes(sandbox.Store.Promotions[0].Id).Count);
    }

    [GeneratedRegex(@"pwsh '''(.+?)'''", RegexOptions.Singleline)]
    private static partial Regex Step();
}
