using System.Management.Automation;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Runs;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Watching;

/// <summary>Watch-EpPromotionRun: what it shows in a log and on a terminal, and what it returns.</summary>
public sealed class WatchRunTests
{
    private static readonly SandboxOptions s_seconds = Sandboxes.Roomy with { BaseJobDuration = TimeSpan.FromSeconds(3) };

    [Fact]
    public async Task A_log_gets_a_line_for_each_change_and_the_output_is_the_run()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(s_seconds);
        AddJob(sandbox, "Summer", "bf26 0001/0001", 25);
        AddJob(sandbox, "Winter", "bf26 0001/0001", 25);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("Watch-EpPromotionRun 6>&1").ThrowIfFailed();

        string[] lines = Lines(result);
        Assert.Matches("^[0-9-]{10} [0-9:]{8} Run bf26: processing, 0 of 50 codes on 2 promotions, 2 active$", lines[0]);
        Assert.EndsWith(" Run bf26: completed, 50 of 50 codes on 2 promotions", lines[^1], StringComparison.Ordinal);
        Assert.Equal(lines.Length, lines.Select(line => line[20..]).Distinct().Count());
        PSObject run = result.Output[^1];
        Assert.Equal(("bf26", "completed"), (run.Properties["Name"].Value, run.Properties["Status"].Value));
        Assert.Equal(lines.Length + 1, result.Output.Count);
    }

    [Fact]
    public async Task A_job_of_no_run_is_watched_too()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(s_seconds);
        AddJob(sandbox, "Summer", "A single job", 7);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("Watch-EpPromotionRun 6>&1").ThrowIfFailed();

        Assert.Contains(" Job A single job of Summer: p", Lines(result)[0], StringComparison.Ordinal);
        Assert.EndsWith(" Job A single job of Summer: completed, 7 of 7 codes", Lines(result)[^1], StringComparison.Ordinal);
        Assert.Equal(Lines(result).Length, result.Output.Count);
    }

    [Fact]
    public async Task Where_nothing_is_open_the_watch_ends_at_once()
    {
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("Watch-EpPromotionRun 6>&1").ThrowIfFailed();

        Assert.Equal(["No run and no job is open."], Lines(result));
        Assert.Single(result.Output);
        Assert.Equal(2, sandbox.Requests.Count(request => request.PathAndQuery.Contains("/jobs", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Runs_that_have_ended_are_returned_if_their_names_are_given()
    {
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal(["bf27"], session.Run("Get-EpPromotionRun bf27 | Watch-EpPromotionRun").ThrowIfFailed().Values("Name"));
        Assert.Equal(["xmas"], session.Run("Watch-EpPromotionRun x*").ThrowIfFailed().Values("Name"));
        Assert.Equal(["bf26"], session.Run("'Winter' | Watch-EpPromotionRun bf26").ThrowIfFailed().Values("Name"));
        RunResult result = session.Run("Watch-EpPromotionRun xmass");
        Assert.Equal(["RunNotFound,EpPromo.PowerShell.WatchEpPromotionRunCommand"], result.ErrorIds);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task A_timeout_is_an_error_that_says_what_is_open_and_returns_what_is_known()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        AddJob(sandbox, "Summer", "bf26 0001/0001", 25);
        AddJob(sandbox, "Winter", "A single job", 25);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("Watch-EpPromotionRun -Timeout 0");

        Assert.Equal(["processing"], result.Values("Status"));
        Assert.Equal(["WatchTimeout,EpPromo.PowerShell.WatchEpPromotionRunCommand"], result.ErrorIds);
        Assert.StartsWith(
            "The watch ended after 00:00:00: 1 run and 2 jobs are still open.", result.Errors[0].Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_terminal_shows_a_table_that_is_gone_at_the_end()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(s_seconds);
        AddJob(sandbox, "Summer", "bf26 0001/0001", 25);
        AddJob(sandbox, "Winter", "A single job", 7);
        RecordingHost host = new(80, isTerminal: true);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);
        int before = host.Screen.Length;

        Assert.Equal(["bf26"], session.Run("Watch-EpPromotionRun").ThrowIfFailed().Values("Name"));

        string[] drawings = host.Screen[before..].Split("\u001b[J");
        Assert.InRange(drawings.Length, 3, 10);
        string[] screen = TerminalScreen.Of(drawings[0]);
        Assert.StartsWith("Name  ", screen[0], StringComparison.Ordinal);
        Assert.StartsWith("bf26  ", screen[2], StringComparison.Ordinal);
        Assert.StartsWith("Promotion  ", screen[4], StringComparison.Ordinal);
        Assert.StartsWith("Summer  ", screen[6], StringComparison.Ordinal);
        Assert.Matches("^[0-9:]{8}  1 run and 2 jobs open\\.", screen[^1]);
        Assert.All(screen, line => Assert.InRange(line.Length, 0, 79));
        Assert.Equal(["Job A single job of Winter: completed, 7 of 7 codes"], TerminalScreen.Of(host.Screen[before..]));
    }

    [Fact]
    public async Task A_table_that_does_not_fit_says_how_much_is_left_out()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        foreach (int number in Enumerable.Range(1, 60))
        {
            AddJob(sandbox, $"P{number}", $"run{number} 0001/0001", 5);
        }

        RecordingHost host = new(80, isTerminal: true);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-MaxRequestsPerSecond 1000", host);
        int before = host.Screen.Length;

        session.Run("Watch-EpPromotionRun -Timeout 0");

        string[] screen = TerminalScreen.Of(host.Screen[before..].Split("\u001b[J")[0]);
        Assert.InRange(screen.Length, 40, 49);
        Assert.Equal(["and 40 more", "and 40 more"], screen.Where(line => line.StartsWith("and ", StringComparison.Ordinal)));
        Assert.Contains("60 runs and 60 jobs open.", screen[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_warning_does_not_tear_the_table()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(s_seconds);
        AddJob(sandbox, "Summer", "bf26 0001/0001", 25);
        AddJob(sandbox, "Winter", "bf27 0001/0001", 25);
        string winter = sandbox.Store.Promotions[1].Id;
        sandbox.Faults.Add($"endpoint=job-list path=*{winter}* action=status status=404 skip=1");
        RecordingHost host = new(80, isTerminal: true);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);
        int before = host.Screen.Length;

        session.Run("Watch-EpPromotionRun 2>&1 | ForEach-Object { if ($_ -is [Management.Automation.ErrorRecord]) { Write-Host ERROR } }");

        Assert.Equal(["ERROR"], TerminalScreen.Of(host.Screen[before..]));
    }

    [Fact]
    public async Task A_user_who_wants_no_progress_gets_the_lines()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        AddJob(sandbox, "Summer", "bf26 0001/0001", 25);
        RecordingHost host = new(80, isTerminal: true);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);

        session.Run("$ProgressPreference = 'SilentlyContinue'; Watch-EpPromotionRun -Timeout 0");

        Assert.Contains(" Run bf26: processing, 0 of 25 codes on 1 promotion, 1 active", host.Screen, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[J", host.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_with_control_characters_do_no_harm()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        AddJob(sandbox, "Sum\u001b[31mmer", "a\u001b[2Jb 0001/0001", 25);
        AddJob(sandbox, "Winter", "c\u001b[2Jd", 25);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("Watch-EpPromotionRun -Timeout 0 6>&1");

        Assert.Equal(2, Lines(result).Length);
        Assert.All(Lines(result), line => Assert.DoesNotContain('\u001b', line));
    }

    [Fact]
    public async Task A_stop_ends_the_watch()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        AddJob(sandbox, "Summer", "bf26 0001/0001", 25);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        await StopAssert.StopsInTimeAsync(
            session.NewShell("Watch-EpPromotionRun"),
            () => sandbox.Requests.Count(request => request.PathAndQuery.Contains("/jobs", StringComparison.Ordinal)) >= 2);
    }

    private static void AddJob(SandboxServer sandbox, string promotion, string name, int codes) => sandbox.Store.AddJob(
        sandbox.Store.AddPromotion(promotion).Id, new JobSpec { JobType = JobSpec.Generate, Name = name, NumberOfCodes = codes });

    private static string[] Lines(RunResult result) =>
        [.. result.Output.Select(item => item.BaseObject).OfType<InformationRecord>().Select(line => line.ToString())];
}
