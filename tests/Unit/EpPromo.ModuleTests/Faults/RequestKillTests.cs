using EpPromo.Tests;

namespace EpPromo.ModuleTests.Faults;

/// <summary>
/// Runs whose process is killed at random moments, while a fifth of all requests fails, and that another process resumes.
/// EPPROMO_KILL_RUNS sets the number of runs, EPPROMO_KILL_FIRST_SEED the first seed.
/// </summary>
public sealed class RequestKillTests
{
    private const string RunsVariable = "EPPROMO_KILL_RUNS";
    private const string FirstSeedVariable = "EPPROMO_KILL_FIRST_SEED";

    /// <summary>How many runs execute at the same time; each of them waits most of the time.</summary>
    private const int MaxParallelRuns = 4;

    [Fact]
    public async Task A_killed_run_that_another_process_resumes_makes_exactly_the_requested_codes()
    {
        int first = TestSetting.Read(FirstSeedVariable, 1);
        int runs = TestSetting.Read(RunsVariable, 8);
        int kills = 0;
        int sessions = 0;

        await Parallel.ForEachAsync(
            Enumerable.Range(first, runs),
            new ParallelOptions { MaxDegreeOfParallelism = MaxParallelRuns, CancellationToken = TestContext.Current.CancellationToken },
            async (seed, cancellationToken) =>
            {
                await using KilledRun run = await KilledRun.StartAsync(seed, cancellationToken);
                await SeededTest.RunAsync(seed, $"{FirstSeedVariable}={seed} {RunsVariable}=1", async () =>
                {
                    await run.RunAsync(cancellationToken);
                    run.AssertExact();
                });
                Interlocked.Add(ref kills, run.Kills);
                Interlocked.Add(ref sessions, run.Sessions);
            });

        TestContext.Current.TestOutputHelper?.WriteLine($"{runs} runs, {kills} kills, {sessions} sessions");
        Assert.True(kills >= runs, $"Only {kills} kills in {runs} runs, from seed {first} on.");
    }
}
