using System.Globalization;
using System.Management.Automation;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Faults;

/// <summary>
/// New-EpPromotionJob over real connections to a store of which every fifth response is a fault: each call creates one job and emits
/// that job. Half of the promotions are rule promotions, half of them promotions of Promotions Standard.
/// </summary>
public sealed class ExactlyOnceTests
{
    private const int Calls = 1000;

    /// <summary>The number of promotions, and of runspaces: each has a promotion of its own, because a promotion runs one job at a time.</summary>
    private const int Promotions = 16;

    [Fact]
    public async Task Each_call_creates_one_job_and_emits_that_job()
    {
        await using SandboxServer sandbox = await SandboxServer.StartAsync(
            Sandboxes.Quick with { ConcurrentJobs = Promotions, CodesPerPromotion = 1_000_000 }, TestContext.Current.CancellationToken);
        string[] promotions = [.. Enumerable.Range(0, Promotions).Select(number =>
            (number % 2 == 0 ? sandbox.Store.AddPromotion($"P{number}") : sandbox.Store.AddStandardPromotion($"P{number}")).Id)];
        FaultRuleSet.AddTo(sandbox);
        using ModuleSession first = new();
        PSObject store = FastTimeoutStore.Open(first, sandbox);

        // Dedicated threads: the module works on the thread pool, and each waiting pipeline would block one of its threads.
        Call[][] made = await Task.WhenAll(promotions.Select((promotion, index) => Task.Factory.StartNew(
            () => RunCalls(store, promotion, index % 2 == 0 ? "Rule" : "Standard", (Calls / Promotions) + (index < Calls % Promotions ? 1 : 0)),
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        Report(sandbox);
        string[] errors = [.. made.SelectMany(calls => calls).SelectMany(call => call.Errors)];
        Assert.True(errors.Length == 0, string.Join('\n', errors));
        for (int i = 0; i < Promotions; i++)
        {
            // Compared in the order of the calls, so a call that emits another call's job is found.
            Assert.Equal(
                sandbox.Store.Jobs(promotions[i]).Select(job => (job.Id, job.Spec.NumberOfCodes, job.Status)),
                made[i].Select(call => (call.JobIds.Single(), (int?)call.NumberOfCodes, "completed"))!);
        }

        Assert.Equal(Calls, promotions.Sum(promotion => sandbox.Store.Jobs(promotion).Count));
        Assert.Contains(
            sandbox.Faults.All, count => count is { Triggered: > 0, Rule: { Action: FaultAction.DropAfter, Endpoint: "job-create" } });
    }

    /// <summary>
    /// Calls one after another, some without a name. Of the named ones, two in a row have the same name and parameters, so that these
    /// alone cannot tell which call a job belongs to.
    /// </summary>
    private static Call[] RunCalls(PSObject store, string promotion, string kind, int count)
    {
        using ModuleSession session = new();
        return [.. Enumerable.Range(0, count).Select(number =>
        {
            int codes = 1 + (number / 2);
            string name = number % 4 < 2 ? "-Name nightly" : "";
            RunResult result = session.Run(
                $"New-EpPromotionJob -Promotion $args[1] -NumberOfCodes {codes} {name} -Kind {kind} -Store $args[0] | Wait-EpPromotionJob -Store $args[0]",
                store, promotion);
            return new Call(codes, result.Values("JobId")!, [.. result.Errors.Select(error => $"{error.FullyQualifiedErrorId}: {error}")]);
        })];
    }

    private static void Report(SandboxServer sandbox)
    {
        int triggered = sandbox.Faults.All.Sum(count => count.Triggered);
        int requests = sandbox.Requests.Count;
        TestContext.Current.SendDiagnosticMessage(string.Create(
            CultureInfo.InvariantCulture,
            $"{Calls} calls, {requests} requests, {triggered} faults ({100.0 * triggered / requests:0.0} %), of them "
                + $"{sandbox.Faults.All.Where(count => count.Rule.Endpoint == "job-create").Sum(count => count.Triggered)} on creates"));
    }

    private sealed record Call(int NumberOfCodes, IReadOnlyList<string> JobIds, IReadOnlyList<string> Errors);
}
