namespace EpPromo.UnitTests.Simulation;

/// <summary>An action that runs at a virtual time, unless it is cancelled first.</summary>
internal sealed class SimulatedTimer
{
    private Action? _action;

    public SimulatedTimer(TimeSpan due, Action action)
    {
        Due = due;
        _action = action;
    }

    public TimeSpan Due { get; }

    public bool IsCancelled => _action is null;

    public void Cancel() => _action = null;

    public void Fire()
    {
        Action? action = _action;
        _action = null;
        action?.Invoke();
    }
}
