namespace EpPromo.UnitTests.Simulation;

/// <summary>Runs against a simulated store, in virtual time (<see cref="Seeds"/>).</summary>
public class RunSimulationTests
{
    [Fact]
    public void A_run_makes_exactly_what_was_asked_for_whatever_goes_wrong()
    {
        foreach (int seed in Seeds.Selected(defaultCount: 1000))
        {
            Run(new RunScenario(seed), seed);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(123)]
    public void A_seed_has_one_history(int seed)
    {
        RunScenario once = new(seed);
        RunScenario again = new(seed);

        Run(once, seed);
        Run(again, seed);

        Assert.NotEmpty(once.World.History);
        Assert.Equal(once.World.History, again.World.History);
    }

    [Fact]
    public void Not_waiting_at_all_is_caught() => AssertCaught(new NoWindowMutant(), "left");

    [Fact]
    public void Deleting_codes_without_looking_is_caught() => AssertCaught(new BlindRemovalMutant(), "left|others', and was deleted");

    [Fact]
    public void Batches_by_plan_are_caught() => AssertCaught(new PlannedSizeMutant(), "to leave");

    private static void AssertCaught(RunnerSetup build, string problem)
    {
        SimulationException error = Assert.Throws<SimulationException>(() =>
        {
            for (int seed = 1; seed <= 300; seed++)
            {
                Run(new RunScenario(seed, build), seed);
            }
        });

        Assert.Matches(problem, error.InnerException!.Message);
    }

    private static void Run(RunScenario scenario, int seed) => Seeds.Run(seed, scenario.World, scenario.Run);
}
