using EpPromo.Tests;

namespace EpPromo.UnitTests.Simulation;

/// <summary>
/// Which seeds are run: EPPROMO_SIMULATION_SEEDS sets their number, EPPROMO_SIMULATION_FIRST_SEED the first one, so that a failing seed can
/// be run alone.
/// </summary>
internal static class Seeds
{
    public const string FirstVariable = "EPPROMO_SIMULATION_FIRST_SEED";
    private const string CountVariable = "EPPROMO_SIMULATION_SEEDS";

    /// <summary>The seeds that the environment selects, or the first <paramref name="defaultCount"/>.</summary>
    public static IEnumerable<int> Selected(int defaultCount) =>
        Enumerable.Range(TestSetting.Read(FirstVariable, 1), TestSetting.Read(CountVariable, defaultCount));

    /// <summary>Runs one seed. A failure prints the seed and its history.</summary>
    public static void Run(int seed, SimulatedWorld world, Action scenario)
    {
        try
        {
            scenario();
        }
        catch (Exception e)
        {
            throw new SimulationException(
                $"""
                Seed {seed}: {e.Message}
                To run it alone: {FirstVariable}={seed} {CountVariable}=1
                {string.Join('\n', world.History)}
                """,
                e);
        }
    }
}
