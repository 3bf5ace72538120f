using System.Globalization;

namespace EpPromo.ModuleTests.Faults;

/// <summary>
/// Runs whose process is killed at random moments, while a fifth of all requests goes wrong, and that another process goes on with.
/// EPPROMO_KILL_RUNS says how many runs, EPPROMO_KILL_FIRST_SEED where to begin.
/// </summary>
public sealed class RequestKillTests
{
    private const string RunsVariable = "EPPROMO_KILL_RUNS";
    private const string FirstSeedVariable = "EPPROMO_KILL_FIRST_SEED";

    /// <summary>Several at a time: most of a run is spent in pauses and waits.</summary>
    private const int AtOnce = 4;

    [Fact]
    public async Task A_killed_run_that_another_process_goes_on_with_makes_exactly_the_codes_asked_for()
    {
        int first = Setting(FirstSeedVariable, 1);
        int runs = Setting(RunsVariable, 8);
        int kills = 0;
        int sittings = 0;

        await Parallel.ForEachAsync(
            Enumerable.Range(first, runs),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken },
            async (seed, cancellationToken) =>
            {
                await using KilledRun run = await KilledRun.StartAsync(seed, cancellationToken);
                await SeededTest.RunAsync(seed, $"{FirstSeedVariable}={seed} {RunsVariable}=1", async () =>
                {
                    await run.PlayAsync(cancellationToken);
                    run.AssertExact();
                });
                Interlocked.Add(ref kills, run.Kills);
                Interlocked.Add(ref sittings, run.Sittings);
            });

        TestContext.Current.TestOutputHelper?.WriteLine($"{runs} runs, {kills} kills, {sittings} sittings");
        Assert.True(kills >= runs, $"Only {kills} kills in {runs} runs, from seed {first} on.");
    }

    private static int Setting(string variable, int usual) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
}
