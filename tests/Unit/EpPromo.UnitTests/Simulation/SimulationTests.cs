namespace EpPromo.UnitTests.Simulation;

/// <summary>Calls that create, wait for and cancel jobs of a simulated store, in virtual time (<see cref="Seeds"/>).</summary>
public class SimulationTests
{
    [Fact]
    public void Every_create_makes_one_job_whatever_fails()
    {
        foreach (int seed in Seeds.Selected(defaultCount: 2000))
        {
            Run(new Scenario(seed), seed);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(77)]
    [InlineData(1234)]
    public void A_seed_has_one_history(int seed)
    {
        Scenario once = new(seed);
        Scenario again = new(seed);

        Run(once, seed);
        Run(again, seed);

        Assert.NotEmpty(once.World.History);
        Assert.Equal(once.World.History, again.World.History);
        Assert.Equal(once.World.Elapsed, again.World.Elapsed);
    }

    [Fact]
    public void Blindly_resending_a_lost_create_is_caught_within_200_seeds()
    {
        Assert.Throws<SimulationException>(() =>
        {
            for (int seed = 1; seed <= 200; seed++)
            {
                Run(new Scenario(seed, (store, process) => new BlindResendMutant(store, process).CreateAsync), seed);
            }
        });
    }

    [Fact]
    public void A_failing_seed_prints_itself_and_its_history()
    {
        Scenario scenario = new(1, (_, _) => (_, _, _) => throw new InvalidOperationException("an error"));

        SimulationException error = Assert.Throws<SimulationException>(() => Run(scenario, 1));

        Assert.Contains("an error", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{Seeds.FirstVariable}=1", error.Message, StringComparison.Ordinal);
        Assert.Contains("-> token", error.Message, StringComparison.Ordinal);
    }

    private static void Run(Scenario scenario, int seed) => Seeds.Run(seed, scenario.World, scenario.Run);
}
