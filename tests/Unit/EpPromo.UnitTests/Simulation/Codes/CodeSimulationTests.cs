namespace EpPromo.UnitTests.Simulation;

/// <summary>Calls that add codes to a simulated store and remove them, in virtual time (<see cref="Seeds"/>).</summary>
public class CodeSimulationTests
{
    private const int DefaultSeeds = 1000;

    [Fact]
    public void No_code_is_added_twice_or_lost_and_none_of_others_is_removed_whatever_fails()
    {
        Dictionary<Fault, int> faults = [];
        int kills = 0;
        int seeds = 0;
        foreach (int seed in Seeds.Selected(DefaultSeeds))
        {
            CodeScenario scenario = new(seed);
            Run(scenario, seed);
            seeds++;
            kills += scenario.Kills;
            foreach ((Fault fault, int count) in scenario.Faults)
            {
                faults[fault] = faults.GetValueOrDefault(fault) + count;
            }
        }

        TestContext.Current.SendDiagnosticMessage(
            $"{seeds} histories, {kills} kills, {string.Join(", ", faults.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}"))}");
        Assert.True(seeds < DefaultSeeds || (kills > 100 && Enum.GetValues<Fault>().All(fault => faults.GetValueOrDefault(fault) > 100)));
    }

    [Theory]
    [InlineData(typeof(NoWaitForAddsMutant))]
    [InlineData(typeof(NoWaitForRemovalsMutant))]
    [InlineData(typeof(TrustingMutant))]
    public void A_mutant_is_caught_within_300_seeds(Type mutant)
    {
        SimulationException caught = Assert.Throws<SimulationException>(() =>
        {
            for (int seed = 1; seed <= 300; seed++)
            {
                Run(new CodeScenario(seed, (CodeWriterSetup)Activator.CreateInstance(mutant)!), seed);
            }
        });

        TestContext.Current.SendDiagnosticMessage($"{mutant.Name}: {caught.Message.Split('\n')[0]}");
    }

    private static void Run(CodeScenario scenario, int seed) => Seeds.Run(seed, scenario.World, scenario.Run);
}
