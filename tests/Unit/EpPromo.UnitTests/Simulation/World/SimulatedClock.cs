using EpPromo.Time;

namespace EpPromo.UnitTests.Simulation;

/// <summary>A machine's clock in virtual time: it may be off, but runs at the right rate.</summary>
internal sealed class SimulatedClock : IClock
{
    private readonly SimulatedWorld _world;
    private readonly TimeSpan _offset;

    public SimulatedClock(SimulatedWorld world, TimeSpan offset)
    {
        _world = world;
        _offset = offset;
    }

    public DateTimeOffset UtcNow
    {
        get
        {
            _world.CountStep();
            return _world.Now + _offset;
        }
    }

    public Task DelayAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        if (duration <= TimeSpan.Zero)
        {
            _world.CountStep();
            return Task.CompletedTask;
        }

        TaskCompletionSource delay = new();
        CancellationTokenRegistration cancellation = default;
        SimulatedTimer timer = _world.After(
            duration,
            () =>
            {
                cancellation.Dispose();
                delay.TrySetResult();
            });
        cancellation = cancellationToken.Register(() =>
        {
            timer.Cancel();
            delay.TrySetCanceled(cancellationToken);
        });
        return delay.Task;
    }
}
