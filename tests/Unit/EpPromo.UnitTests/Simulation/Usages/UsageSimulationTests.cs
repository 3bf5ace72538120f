namespace EpPromo.UnitTests.Simulation;

/// <summary>The given usages are anonymized and no others, whatever fails (<see cref="Seeds"/>).</summary>
public class UsageSimulationTests
{
    [Fact]
    public void Exactly_the_given_usages_are_anonymized_whatever_fails()
    {
        HashSet<Fault> faults = [];
        foreach (int seed in Seeds.Selected(defaultCount: 1000))
        {
            UsageScenario scenario = new(seed);
            Seeds.Run(seed, scenario.World, scenario.Run);
            faults.UnionWith(scenario.Connections.SelectMany(connection => connection.Faults.Keys));
        }

        Assert.All(
            [Fault.NotSent, Fault.Rejected, Fault.Throttled, Fault.LostBefore, Fault.LostAfter, Fault.ProcessedLate],
            fault => Assert.Contains(fault, faults));
    }

    [Theory]
    [InlineData("TakesLostForDone")]
    [InlineData("TakesBatchForMissing")]
    public void A_mistake_is_caught_within_50_seeds(string mutant) => Assert.Throws<SimulationException>(() =>
    {
        for (int seed = 1; seed <= 50; seed++)
        {
            UsageScenario scenario = new(seed, Enum.Parse<UsageMutant>(mutant));
            Seeds.Run(seed, scenario.World, scenario.Run);
        }
    });
}
