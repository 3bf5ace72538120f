using System.Text.RegularExpressions;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Runbooks;

/// <summary>samples/runbooks/cron: the lines of the crontab are run as cron runs them.</summary>
public sealed partial class CronTests
{
    [Fact]
    public async Task The_weekly_line_generates_a_batch_once()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync("Weekly Deal");
        using RunbookMachine machine = new(sandbox);

        // The second start is that of a person after a failure.
        foreach (int _ in Enumerable.Range(1, 2))
        {
            ProcessResult run = await RunAsync(machine, Line("Weekly"));

            Assert.True(run.ExitCode == 0, run.Text);
            Assert.Equal([100], RunbookMachine.CountCodes(Path.Combine(machine.Folder, "codes")));
        }

        SandboxJob job = Assert.Single(sandbox.Store.Jobs(sandbox.Store.Promotions[0].Id), job => job.Spec.Generates);
        Assert.Matches(@"^20\d\d-W\d\d$", job.Spec.Name);
    }

    [Fact]
    public async Task The_monthly_line_generates_more_codes_than_a_job_can()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        sandbox.Store.AddPromotion("Monthly Deal");
        using RunbookMachine machine = new(sandbox);

        ProcessResult run = await RunAsync(machine, RunbookMachine.Quick(Line("Monthly")));

        Assert.True(run.ExitCode == 0, run.Text);
        Assert.Equal([25_000], RunbookMachine.CountCodes(Path.Combine(machine.Folder, "codes")));

        // There is no webhook. The run is complete all the same, and cron mails the reason.
        Assert.Contains("The result was not posted. There is no webhook", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_waits_for_the_one_before_it_and_says_so()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync("Weekly Deal");
        using RunbookMachine machine = new(sandbox);

        // The run before is this script. It ends when the other one has printed its first line.
        string script = $"""
            exec 8<eppromo.env; flock 8
            mkfifo errors
            {Command(machine, Line("Weekly"))} 2>errors 8<&- &
            exec 7<errors
            read -r line <&7; echo "$line" >&2
            flock --unlock 8
            cat <&7 >&2
            wait $!
            """;

        ProcessResult run = await machine.RunAsync("/bin/sh", "-c", script);

        Assert.True(run.ExitCode == 0, run.Text);
        Assert.Contains("eppromo.env is active. New-PromotionCode.ps1 waits until it has ended.", run.Errors, StringComparison.Ordinal);
        Assert.Equal([100], RunbookMachine.CountCodes(Path.Combine(machine.Folder, "codes")));
    }

    [Fact]
    public async Task A_run_that_has_waited_too_long_is_not_started_and_says_so()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync("Weekly Deal");
        using RunbookMachine machine = new(sandbox);
        string sample = RunbookMachine.Read("cron/cron.sh");
        Assert.Contains("--timeout 25200 ", sample, StringComparison.Ordinal);
        string impatient = Path.Combine(machine.Folder, "cron.sh");
        File.WriteAllText(impatient, sample.Replace("--timeout 25200 ", "--timeout 0 ", StringComparison.Ordinal));
        string command = Command(machine, Line("Weekly"))
            .Replace(Path.Combine(RunbookMachine.Samples, "cron/cron.sh"), $"/bin/sh {impatient}", StringComparison.Ordinal);

        ProcessResult run = await machine.RunAsync("flock", Path.Combine(machine.Folder, "eppromo.env"), "/bin/sh", "-c", command);

        Assert.True(run.ExitCode == 3, run.Text);
        Assert.Contains("is still active. New-PromotionCode.ps1 was not started.", run.Errors, StringComparison.Ordinal);
        Assert.Empty(sandbox.Writes());
    }

    /// <summary>The line of the crontab for promotions of that name.</summary>
    private static string Line(string promotion) =>
        Assert.Single(RunbookMachine.Read("cron/crontab").Split('\n'), line => line.Contains($"'{promotion}*'", StringComparison.Ordinal));

    /// <summary>cron passes the command to sh, with nothing but a few variables of its own.</summary>
    private static Task<ProcessResult> RunAsync(RunbookMachine machine, string line)
    {
        string command = Command(machine, line);
        return machine.RunAsync("-i", $"HOME={machine.Folder}", "PATH=/usr/bin:/bin", "/bin/sh", "-c", command);
    }

    private static string Command(RunbookMachine machine, string line)
    {
        string variables = Path.Combine(machine.Folder, "eppromo.env");
        File.WriteAllLines(variables, machine.Variables.Select(variable => $"{variable.Key}='{variable.Value}'"));
        Match entry = Entry().Match(line);
        Assert.True(entry.Success, line);
        Assert.DoesNotContain("%", entry.Groups["command"].Value.Replace(@"\%", "", StringComparison.Ordinal), StringComparison.Ordinal);
        return entry.Groups["command"].Value
            .Replace(@"\%", "%", StringComparison.Ordinal)
            .Replace("/opt/eppromo/runbooks", RunbookMachine.Samples, StringComparison.Ordinal)
            .Replace("/etc/eppromo.env", variables, StringComparison.Ordinal)
            .Replace("/srv/codes", Path.Combine(machine.Folder, "codes"), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^(?<field>(\*|\d{1,2})\s+){5}(?<command>.+)$")]
    private static partial Regex Entry();
}
