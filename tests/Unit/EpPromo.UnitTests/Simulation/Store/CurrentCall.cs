namespace EpPromo.UnitTests.Simulation;

/// <summary>
/// The number of the call that is running. It flows with the awaits, so the server knows which call has sent a request although the API
/// transmits no such number.
/// </summary>
internal static class CurrentCall
{
    private static readonly AsyncLocal<int> s_value = new();

    /// <summary>The call's number; 0 for requests of no call.</summary>
    public static int Number
    {
        get => s_value.Value;
        set => s_value.Value = value;
    }
}
