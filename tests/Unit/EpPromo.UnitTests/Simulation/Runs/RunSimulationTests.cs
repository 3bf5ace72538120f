using EpPromo.Runs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>Runs on a simulated store, in virtual time (<see cref="Seeds"/>).</summary>
public class RunSimulationTests
{
    [Fact]
    public void A_run_makes_exactly_the_requested_codes_whatever_fails()
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
    public void A_run_that_waits_for_no_consistency_window_is_caught() => AssertCaught(new NoWindowMutant(), "left");

    [Fact]
    public void Deleting_a_surplus_without_counting_is_caught() => AssertCaught(new BlindRemovalMutant(), "left|another client's, and was deleted");

    /// <summary>Its jobs also show another count than was requested (<see cref="InferredRequest"/>).</summary>
    [Fact]
    public void Batches_of_the_planned_size_are_caught() => AssertCaught(new PlannedSizeMutant(), "to leave|seems to be");

    private static void AssertCaught(RunnerSetup mutant, string problem)
    {
        SimulationException error = Assert.Throws<SimulationException>(() =>
        {
            for (int seed = 1; seed <= 300; seed++)
            {
                Run(new RunScenario(seed, mutant), seed);
            }
        });

        Assert.Matches(problem, error.InnerException!.Message);
    }

    private static void Run(RunScenario scenario, int seed) => Seeds.Run(seed, scenario.World, scenario.Run);
}
