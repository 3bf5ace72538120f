using System.Globalization;

namespace EpPromo.UnitTests.Simulation;

/// <summary>
/// Which seeds are played. EPPROMO_SIMULATION_SEEDS says how many, EPPROMO_SIMULATION_FIRST_SEED where to begin: a failing seed replays
/// alone.
/// </summary>
internal static class Seeds
{
    public const string FirstVariable = "EPPROMO_SIMULATION_FIRST_SEED";
    private const string CountVariable = "EPPROMO_SIMULATION_SEEDS";

    /// <summary>The seeds asked for, or so many from 1 on.</summary>
    public static IEnumerable<int> Chosen(int otherwise) => Enumerable.Range(Setting(FirstVariable, 1), Setting(CountVariable, otherwise));

    /// <summary>Plays one seed. When it fails, it prints itself and its history.</summary>
    public static void Play(int seed, SimulatedWorld world, Action scenario)
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
                To replay it alone: {FirstVariable}={seed} {CountVariable}=1
                {string.Join('\n', world.History)}
                """,
                e);
        }
    }

    private static int Setting(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
