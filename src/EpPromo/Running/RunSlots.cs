namespace EpPromo;

/// <summary>
/// Lets so many runs work at once, in the order they came. Not a SemaphoreSlim, because that resumes its waiters on the pool, and a
/// simulation runs all on one thread.
/// </summary>
public sealed class RunSlots
{
    private readonly Queue<TaskCompletionSource<bool>> _waiting = new();
    private readonly object _lock = new();
    private int _free;

    /// <summary><paramref name="count"/> runs at once.</summary>
    public RunSlots(int count) => _free = count;

    /// <summary>Waits for a slot. Whoever got one gives it back with <see cref="Leave"/>.</summary>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return;
            }

            _waiting.Enqueue(turn);
        }

        using CancellationTokenRegistration stop = cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken));
        await turn.Task;
    }

    /// <summary>Gives a slot to the next one.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            while (_waiting.Count > 0)
            {
                // One that was cancelled meanwhile does not take it.
                if (_waiting.Dequeue().TrySetResult(true))
                {
                    return;
                }
            }

            _free++;
        }
    }

    /// <summary>Gives the slot away while <paramref name="pause"/> lasts, and takes one again.</summary>
    public async Task WithoutAsync(Func<Task> pause)
    {
        Leave();
        try
        {
            await pause();
        }
        finally
        {
            // Even after a cancellation: the caller gives back what it took.
            await EnterAsync(CancellationToken.None);
        }
    }
}
