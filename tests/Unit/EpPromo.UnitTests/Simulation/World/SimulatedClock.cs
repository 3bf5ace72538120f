using EpPromo.Time;

namespace EpPromo.UnitTests.Simulation;

/// <summary>A machine's clock in virtual time: it may be wrong, but runs as fast as the others.</summary>
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
            _world.Touch();
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
            _world.Touch();
            return Task.CompletedTask;
        }

        TaskCompletionSource over = new();
        CancellationTokenRegistration stop = default;
        SimulatedTimer timer = _world.After(
            duration,
            () =>
            {
                stop.Dispose();
                over.TrySetResult();
            });
        stop = cancellationToken.Register(() =>
        {
            timer.Cancel();
            over.TrySetCanceled(cancellationToken);
        });
        return over.Task;
    }
}
