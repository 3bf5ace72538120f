using System.Text.RegularExpressions;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Runbooks;

/// <summary>samples/runbooks/systemd: the command of the service is run. .ci/lint verifies the files with systemd itself.</summary>
public sealed partial class SystemdTests
{
    [Fact]
    public async Task The_service_generates_the_codes_of_the_week()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        sandbox.Store.AddPromotion("Weekly Deal");
        using RunbookMachine machine = new(sandbox);
        machine.Variables["STATE_DIRECTORY"] = machine.Folder;
        Match start = Start().Match(RunbookMachine.Read("systemd/eppromo.service"));
        Assert.True(start.Success);
        string script = RunbookMachine.Quick(start.Groups["script"].Value)
            .Replace("%%", "%", StringComparison.Ordinal)
            .Replace("$$", "$", StringComparison.Ordinal)
            .Replace("/opt/eppromo/runbooks", RunbookMachine.Samples, StringComparison.Ordinal);

        ProcessResult run = await machine.RunAsync("pwsh", [.. start.Groups["options"].Value.Trim().Split(' '), script]);

        Assert.True(run.ExitCode == 0, run.Text);
        Assert.Equal([2500], RunbookMachine.CountCodes(Path.Combine(machine.Folder, "codes")));
        Assert.All(sandbox.Store.Jobs(sandbox.Store.Promotions[0].Id).Where(job => job.Spec.Generates), job => Assert.Matches(@"^20\d\d-W\d\d ", job.Spec.Name));
    }

    [GeneratedRegex("(?m)^ExecStart=/usr/bin/pwsh(?<options>( -\\w+)+) \"(?<script>[^\"]+)\"\r?$")]
    private static partial Regex Start();
}
