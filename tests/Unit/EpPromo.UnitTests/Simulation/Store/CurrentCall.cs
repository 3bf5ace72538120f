namespace EpPromo.UnitTests.Simulation;

/// <summary>
/// Which call of a scenario is at work. It flows along with the awaits, so that the server can tell whose job it makes although the
/// API has no such thing.
/// </summary>
internal static class CurrentCall
{
    private static readonly AsyncLocal<int> Value = new();

    /// <summary>The call's number; 0 is nobody's.</summary>
    public static int Number
    {
        get => Value.Value;
        set => Value.Value = value;
    }
}
