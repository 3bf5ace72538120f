using System.Management.Automation;
using System.Text.RegularExpressions;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Runs;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Watching;

/// <summary>Watch-EpPromotionRun: what it shows in a log and on a terminal, and what it returns.</summary>
[Collection(RenderingTests.Name)]
public sealed class WatchRunTests
{
    /// <summary>Jobs that take some seconds. They are added last, so that they are open when the watch begins, on a busy machine too.</summary>
    private static readonly SandboxOptions s_seconds = Sandboxes.Roomy with { BaseJobDuration = TimeSpan.FromSeconds(4) };

    [Fact]
    public async Task A_log_gets_a_line_for_each_change_and_the_output_is_the_run()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(s_seconds);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        AddJob(sandbox, "Summer", "bf26 0001/0001", 25);
        AddJob(sandbox, "Winter", "bf26 0001/0001", 25);

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
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        AddJob(sandbox, "Summer", "A single job", 7);

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

        Assert.Equal(["No run and no job is open on promotions of the kind Rule."], Lines(result));
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
            "The watch ended after 00:00:00. Still open: 1 run and 2 jobs. They continue in the store.", result.Errors[0].Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_terminal_shows_a_table_that_is_gone_at_the_end()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(s_seconds);
        RecordingHost host = new(80, isTerminal: true);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);
        AddJob(sandbox, "Summer", "bf26 0001/0001", 25);
        AddJob(sandbox, "Winter", "A single job", 7);
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

    [Theory]
    [InlineData(80, 50, "Host")]
    [InlineData(80, 50, "Ansi")]
    [InlineData(40, 12, "Host")]
    [InlineData(60, 13, "Ansi")]
    public async Task A_table_fits_the_window_and_says_how_much_is_left_out(int width, int height, string outputRendering)
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(s_seconds with { ConcurrentJobs = 60 });
        RecordingHost host = new(width, isTerminal: true, height);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-MaxRequestsPerSecond 1000", host);
        foreach (int number in Enumerable.Range(1, 60))
        {
            AddJob(sandbox, $"P{number}", $"run{number} 0001/0001", 5);
        }

        int before = host.Screen.Length;

        session.Run(WithRendering(outputRendering, "Watch-EpPromotionRun | Out-Null")).ThrowIfFailed();

        string[] drawings = host.Screen[before..].Split("\u001b[J");
        string[] screen = TerminalScreen.Of(drawings[0], width, height);
        Assert.InRange(screen.Length, 8, height - 1);
        Assert.Equal(2, screen.Count(line => Regex.IsMatch(line, "^and [0-9]+ more$")));
        Assert.Contains("60 runs and 60 jobs", screen[^1], StringComparison.Ordinal);
        Assert.Empty(TerminalScreen.Of(host.Screen[before..], width, height));
    }

    [Theory]
    [InlineData("Host")]
    [InlineData("Ansi")]
    public async Task What_else_is_written_stands_above_the_table(string outputRendering)
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(s_seconds);
        RecordingHost host = new(200, isTerminal: true);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);
        AddJob(sandbox, "Summer", "bf26 0001/0001", 25);
        AddJob(sandbox, "Winter", "bf27 0001/0001", 25);
        string winter = sandbox.Store.Promotions[1].Id;
        sandbox.Faults.Add($"endpoint=job-list path=*{winter}* action=status status=404 skip=1");
        int before = host.Screen.Length;

        using (PowerShell shell = session.NewShell(WithRendering(
            outputRendering, "Watch-EpPromotionRun -Verbose 4>&1 2>&1 | Where-Object { $_ -isnot [EpPromo.PromotionRun] } | Out-Host")))
        {
            shell.Invoke();
        }

        string[] screen = TerminalScreen.Of(host.Screen[before..], 200);
        Assert.Contains(screen, line => line.Contains("cannot find the requested resource", StringComparison.Ordinal));
        Assert.Contains(screen, line => line.Contains("GET v2/rule-promotions/", StringComparison.Ordinal));
        Assert.DoesNotContain(screen, line => line.StartsWith("Name  ", StringComparison.Ordinal) || line.StartsWith("Promotion  ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_promotion_that_cannot_be_read_leaves_its_run_incomplete_so_that_no_part_is_exported_as_the_whole()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(s_seconds);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        AddJob(sandbox, "Summer", "bf26 0001/0001", 25);
        AddJob(sandbox, "Winter", "bf26 0001/0001", 25);
        string winter = sandbox.Store.Promotions[1].Id;
        sandbox.Faults.Add($"endpoint=job-list path=*{winter}* action=status status=403 skip=1");

        RunResult result = session.Run("Watch-EpPromotionRun bf26");

        Assert.Equal(["Forbidden,EpPromo.PowerShell.WatchEpPromotionRunCommand"], result.ErrorIds);
        Assert.Equal(["processing"], result.Values("Status"));
        Assert.Equal(["2"], result.Values("Promotions"));
    }

    /// <summary>The cause is the connection, not a wrong name.</summary>
    [Theory]
    [InlineData("Watch-EpPromotionRun bf26")]
    [InlineData("Get-EpPromotionRun bf26")]
    public async Task A_run_is_not_missing_if_a_promotion_could_not_be_read(string command)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync("Summer");
        sandbox.Faults.Add("endpoint=job-list action=status status=403");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal(["Forbidden"], session.Run(command).ErrorIds.Select(id => id.Split(',')[0]));
    }

    [Fact]
    public async Task A_timeout_also_limits_the_start()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync("Summer");
        sandbox.Faults.Add("endpoint=job-list action=stall-headers time=1m");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("Watch-EpPromotionRun -Timeout 0.5");

        Assert.Equal(["WatchTimeout,EpPromo.PowerShell.WatchEpPromotionRunCommand"], result.ErrorIds);
        Assert.Contains("Promotions that were not read: 1.", result.Errors[0].Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_stores_and_both_kinds_are_watched_together()
    {
        await using SandboxServer live = await Sandboxes.StartAsync(s_seconds);
        await using SandboxServer test = await Sandboxes.StartAsync(s_seconds);
        RecordingHost host = new(80, isTerminal: true);
        using ModuleSession session = ModuleSession.ConnectedTo(live, "-Name live", host);
        session.Connect(test, "-Name test").ThrowIfFailed();
        AddJob(live, "Summer", "bf26 0001/0001", 25);
        AddJob(test, "Summer", "bf27 0001/0001", 25);
        test.Store.AddJob(
            test.Store.AddStandardPromotion("Loyalty").Id, new JobSpec { JobType = JobSpec.Generate, Name = "loyal 0001/0001", NumberOfCodes = 5 });
        int before = host.Screen.Length;

        RunResult result = session.Run(
            "(Get-EpPromotion -Store live), (Get-EpPromotion -Store test), (Get-EpPromotion -Store test -Kind Standard) | Watch-EpPromotionRun").ThrowIfFailed();

        Assert.Equal(["bf26", "bf27", "loyal"], result.Values("Name").Order(StringComparer.Ordinal));
        Assert.All(result.Values("Status"), status => Assert.Equal("completed", status));

        // Not at each update of the progress: four times a second.
        Assert.InRange(host.Screen[before..].Split("\u001b[J").Length, 3, 20);
    }

    [Fact]
    public async Task A_store_without_promotions_has_nothing_open()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal(
            ["No run and no job is open on promotions of the kind Standard."],
            Lines(session.Run("Watch-EpPromotionRun -Kind Standard 6>&1").ThrowIfFailed()));
    }

    [Theory]
    [InlineData("$ProgressPreference = 'SilentlyContinue'; Watch-EpPromotionRun -Timeout 0")]
    [InlineData("Watch-EpPromotionRun -Timeout 0 -ProgressAction SilentlyContinue")]
    public async Task A_user_who_wants_no_progress_gets_the_lines(string script)
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        AddJob(sandbox, "Summer", "bf26 0001/0001", 25);
        RecordingHost host = new(80, isTerminal: true);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);

        session.Run(script);

        Assert.Contains(" Run bf26: processing, 0 of 25 codes on 1 promotion, 1 active", host.Screen, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[J", host.Screen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Names_with_control_characters_do_no_harm(bool isTerminal)
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        AddJob(sandbox, "Sum\u001b[31mmer", "a\u001b[2Jb 0001/0001", 25);
        AddJob(sandbox, "Winter", "c\u001b[2Jd", 25);
        RecordingHost host = new(80, isTerminal);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);

        session.Run("$null = Watch-EpPromotionRun -Timeout 0");

        Assert.DoesNotContain("\u001b[2J", host.Screen, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[31m", host.Screen, StringComparison.Ordinal);
    }

    private static string WithRendering(string outputRendering, string script) =>
        $"$before = $PSStyle.OutputRendering; $PSStyle.OutputRendering = '{outputRendering}'; try {{ {script} }} finally {{ $PSStyle.OutputRendering = $before }}";

    private static void AddJob(SandboxServer sandbox, string promotion, string name, int codes) => sandbox.Store.AddJob(
        sandbox.Store.AddPromotion(promotion).Id, new JobSpec { JobType = JobSpec.Generate, Name = name, NumberOfCodes = codes });

    private static string[] Lines(RunResult result) =>
        [.. result.Output.Select(item => item.BaseObject).OfType<InformationRecord>().Select(line => line.ToString())];
}
