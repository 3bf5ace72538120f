namespace EpPromo.UnitTests.Sandbox;

/// <summary>A clock on which whoever waits goes on waiting until the test lets them go.</summary>
internal sealed class HeldTime : TimeProvider
{
    private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Action _letGo = () => { };

    /// <summary>Completes when somebody waits.</summary>
    public Task Waiting => _waiting.Task;

    public void LetGo() => _letGo();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _letGo += () => callback(state);
        _waiting.TrySetResult();
        return new Held();
    }

    private sealed class Held : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
