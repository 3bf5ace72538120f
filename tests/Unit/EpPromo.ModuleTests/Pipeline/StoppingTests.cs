using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Pipeline;

/// <summary>Ctrl+C, and downstream commands that stop the pipeline.</summary>
[Collection(NonParallelTests.Name)]
public sealed class StoppingTests
{
    [Fact]
    public async Task A_stop_ends_a_wait()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        RunResult job = session.Run("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 3", id).ThrowIfFailed();

        await StopAssert.StopsInTimeAsync(
            session.NewShell("$args[0] | Wait-EpPromotionJob", job.Output[0]),
            () => sandbox.Requests.Any(request => request.Method == "GET" && request.PathAndQuery.Contains("/jobs", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_stop_ends_the_search_for_a_name()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("One");
        sandbox.Faults.Add("endpoint=promotion-list action=stall-headers time=1m");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        await StopAssert.StopsInTimeAsync(
            session.NewShell("New-EpPromotionJob 1 -Promotion one"),
            () => sandbox.Requests.Any(request => request.PathAndQuery.StartsWith("/v2/rule-promotions?", StringComparison.Ordinal)));

        Assert.Empty(sandbox.Writes());
    }

    [Fact]
    public async Task A_stop_ends_the_search_for_runs()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("One");
        sandbox.Faults.Add("endpoint=job-list action=stall-headers time=1m");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        await StopAssert.StopsInTimeAsync(
            session.NewShell("Get-EpPromotionRun"),
            () => sandbox.Requests.Any(request => request.PathAndQuery.Contains("/jobs", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_stop_ends_a_watch()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        sandbox.Store.AddJob(sandbox.Store.AddPromotion("One").Id, new JobSpec { JobType = JobSpec.Generate, Name = "bf26 0001/0001", NumberOfCodes = 3 });
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        await StopAssert.StopsInTimeAsync(
            session.NewShell("Watch-EpPromotionRun"),
            () => sandbox.Requests.Count(request => request.PathAndQuery.Contains("/jobs", StringComparison.Ordinal)) >= 2);
    }

    [Fact]
    public async Task A_stop_ends_a_list_of_which_16_pages_are_requested()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string id = sandbox.Store.AddPromotion("One").Id;
        for (int i = 0; i < 4000; i++)
        {
            sandbox.Store.AddFinishedJob(id, new JobSpec { JobType = JobSpec.Export }, "completed", DateTimeOffset.UtcNow.AddHours(-1), TimeSpan.FromSeconds(1));
        }

        // One more page is requested with each page that is read.
        const int read = 16;
        sandbox.Faults.Add($"endpoint=job-list action=stall-headers time=1m skip={read}");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-MaxRequestsPerSecond 1000");

        await StopAssert.StopsInTimeAsync(
            session.NewShell("Get-EpPromotionJob -Promotion $args[0]", id),
            () => sandbox.Requests.Count(request => request.PathAndQuery.Contains("/jobs", StringComparison.Ordinal)) == read + 16);
    }

    [Fact]
    public async Task A_stopped_wait_says_that_the_jobs_continue()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string[] ids = [sandbox.Store.AddPromotion("One").Id, sandbox.Store.AddPromotion("Two").Id];
        RecordingHost host = new(200);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);
        session.Run("$jobs = New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 3; $jobs = @($jobs) + (New-EpPromotionJob -Promotion $args[1] -Export)", ids).ThrowIfFailed();

        await StopAssert.StopsInTimeAsync(
            session.NewShell("$jobs | Wait-EpPromotionJob"),
            () => ids.All(id => sandbox.Requests.Any(request => request.Method == "GET" && request.PathAndQuery.Contains(id, StringComparison.Ordinal))));

        Assert.Contains("Jobs that had not ended: 2. They continue in the store", host.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopped_export_says_that_its_jobs_continue()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        string folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;
        RecordingHost host = new(200);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);

        await StopAssert.StopsInTimeAsync(
            session.NewShell("Export-EpPromotionCode -Promotion $args[0] $args[1]", id, folder),
            () => sandbox.Requests.Any(request => request.Method == "GET" && request.PathAndQuery.Contains(id, StringComparison.Ordinal)));

        Assert.Contains("Jobs that had not ended: 1. They continue in the store", host.Screen, StringComparison.Ordinal);
        Directory.Delete(folder);
    }

    [Fact]
    public async Task A_stopped_create_says_that_its_job_may_exist()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        RecordingHost host = new(200);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);
        session.Run("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 3", id).ThrowIfFailed();

        await StopAssert.StopsInTimeAsync(
            session.NewShell("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 3 -WhenBusy Wait", id),
            () => sandbox.Requests.Any(request => request.Method == "GET" && request.PathAndQuery.Contains(id, StringComparison.Ordinal)));

        Assert.Contains("The command was interrupted while it was creating 1 job.", host.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_ends_an_export_that_waits_for_a_busy_promotion()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        session.Run("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 3", id).ThrowIfFailed();
        string folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

        await StopAssert.StopsInTimeAsync(
            session.NewShell("Export-EpPromotionCode -Promotion $args[0] $args[1]", id, folder),
            () => sandbox.Requests.Count(request => request.Method == "GET") > 1);

        Assert.Empty(Directory.GetFiles(folder));
        Directory.Delete(folder);
    }

    [Fact]
    public async Task A_stop_ends_the_delay_before_a_retry()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        sandbox.Faults.Add("endpoint=job-list action=status status=429 retry-after=seconds time=20s");

        await StopAssert.StopsInTimeAsync(
            session.NewShell("Get-EpPromotionJob $args[0]", id),
            () => sandbox.Requests.Any(request => request.Status == 429));
    }

    [Fact]
    public async Task A_stop_ends_a_request_whose_response_stalls()
    {
        await using StallingServer server = new();
        using ModuleSession session = new();

        await StopAssert.StopsInTimeAsync(
            session.NewShell(
                """
                $token = [securestring]::new(); $token.AppendChar('x')
                Connect-EpStore -BaseUri $args[0] -AccessToken $token
                """,
                server.BaseUri.ToString()),
            () => server.BodyStarted);
    }

    [Theory]
    [InlineData("Wait-EpPromotionJob")]
    [InlineData("Stop-EpPromotionJob -Force")]
    [InlineData("Export-EpPromotionCode -Path codes.csv")]
    public async Task A_stop_before_a_command_has_begun_throws_nothing(string command)
    {
        using ManualResetEventSlim started = new();
        using ModuleSession session = new();

        // The engine swallows what a command throws when it is stopped, so only this event shows it.
        ConcurrentQueue<Exception> thrown = new();
        AppDomain.CurrentDomain.FirstChanceException += Record;
        try
        {
            await StopAssert.StopsInTimeAsync(
                session.NewShell($"$started = $args[0]; & {{ begin {{ $started.Set(); Start-Sleep 60 }} process {{ }} }} | {command}", started),
                () => started.IsSet);
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Record;
        }

        Assert.Empty(thrown);

        void Record(object? sender, FirstChanceExceptionEventArgs e)
        {
            if (e.Exception.TargetSite?.DeclaringType?.Assembly.GetName().Name == "EpPromo.PowerShell")
            {
                thrown.Enqueue(e.Exception);
            }
        }
    }

    [Fact]
    public async Task A_downstream_command_that_has_enough_ends_the_upstream_work()
    {
        await using SandboxServer sandbox = await SandboxServer.StartAsync(
            Sandboxes.Quick with { BaseJobDuration = TimeSpan.FromMilliseconds(20), ConcurrentJobs = 1 }, TestContext.Current.CancellationToken);
        string[] ids = [.. Enumerable.Range(0, 20).Select(number => sandbox.Store.AddPromotion($"P{number}").Id)];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult first = session.Run("$args | New-EpPromotionJob -NumberOfCodes 3 | Wait-EpPromotionJob | Select-Object -First 1", [.. ids]).ThrowIfFailed();

        Assert.Single(first.Output);
        int requests = sandbox.Requests.Count;

        // Another wait takes longer than any polling interval, so remaining work of the first pipeline would send requests.
        string other = sandbox.Store.AddPromotion("Other").Id;
        session.Run("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 3 | Wait-EpPromotionJob", other).ThrowIfFailed();
        Assert.All(sandbox.Requests.Skip(requests), request => Assert.Contains(other, request.PathAndQuery, StringComparison.Ordinal));
    }
}
