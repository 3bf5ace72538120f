using EpPromo.Time;

namespace EpPromo.UnitTests.Http;

/// <summary>A clock for many callers at once: its time goes on when all of them wait by it, to the moment when the first has waited enough.</summary>
internal sealed class SteppedClock : IClock
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<TaskCompletionSource, DateTimeOffset> _waiting = new();
    private int _busy;

    public DateTimeOffset UtcNow { get; private set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Runs <paramref name="work"/> of so many callers to its end.</summary>
    public Task<T[]> RunAsync<T>(int callers, Func<Task<T>> work)
    {
        _busy = callers;
        return Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            try
            {
                return await work();
            }
            finally
            {
                Rest();
            }
        })));
    }

    public Task DelayAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        TaskCompletionSource wait = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Enqueue(wait, UtcNow + duration);
        }

        Rest();
        return wait.Task;
    }

    /// <summary>One of those at work waits or has ended; the last of them lets time go on.</summary>
    private void Rest()
    {
        lock (_lock)
        {
            if (--_busy > 0 || !_waiting.TryPeek(out _, out DateTimeOffset due))
            {
                return;
            }

            UtcNow = due > UtcNow ? due : UtcNow;
            while (_waiting.TryPeek(out _, out due) && due <= UtcNow)
            {
                _busy++;
                _waiting.Dequeue().SetResult();
            }
        }
    }
}
