namespace EpPromo.UnitTests.Simulation;

/// <summary>Promotions are created once, changed without losing the changes of others, and deleted, whatever fails (<see cref="Seeds"/>).</summary>
public class PromotionSimulationTests
{
    [Fact]
    public void Every_write_has_its_effect_once_whatever_fails()
    {
        Dictionary<Fault, int> faults = [];
        foreach (int seed in Seeds.Selected(defaultCount: 1000))
        {
            PromotionScenario scenario = new(seed);
            Seeds.Run(seed, scenario.World, scenario.Run);
            foreach ((Fault fault, int count) in scenario.Connections.SelectMany(connection => connection.Faults))
            {
                faults[fault] = faults.GetValueOrDefault(fault) + count;
            }
        }

        Assert.All(Enum.GetValues<Fault>(), fault => Assert.True(faults.GetValueOrDefault(fault) > 0, $"No request met {fault}."));
    }

    [Theory]
    [InlineData("NoWindow")]
    [InlineData("BelievesRead")]
    [InlineData("SendsAll")]
    public void A_mutant_is_caught_within_200_seeds(string mutant) => Assert.Throws<SimulationException>(() =>
    {
        for (int seed = 1; seed <= 200; seed++)
        {
            PromotionScenario scenario = new(seed, Enum.Parse<PromotionMutant>(mutant));
            Seeds.Run(seed, scenario.World, scenario.Run);
        }
    });
}
