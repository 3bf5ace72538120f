namespace EpPromo.Concurrency;

/// <summary>
/// Lets so much work be done at once, in the order it came; what has paused goes before what has not begun, so that work
/// ends as early as it can. Not a SemaphoreSlim, because that resumes its waiters on the pool, and a
/// simulation runs all on one thread.
/// </summary>
internal sealed class ConcurrencyLimit
{
    private readonly Queue<TaskCompletionSource<bool>> _beginning = new();
    private readonly Queue<TaskCompletionSource<bool>> _returning = new();
    private readonly object _lock = new();
    private int _free;

    /// <summary><paramref name="count"/> pieces of work at once.</summary>
    public ConcurrencyLimit(int count) => _free = count;

    /// <summary>Waits for a slot. Whoever got one gives it back with <see cref="Leave"/>.</summary>
    public Task EnterAsync(CancellationToken cancellationToken) => EnterAsync(_beginning, cancellationToken);

    /// <summary>Gives a slot to the next one.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            while (_returning.Count + _beginning.Count > 0)
            {
                // One that was cancelled meanwhile does not take it.
                if ((_returning.Count > 0 ? _returning : _beginning).Dequeue().TrySetResult(true))
                {
                    return;
                }
            }

            _free++;
        }
    }

    /// <summary>Does <paramref name="work"/> in a slot.</summary>
    public async Task<T> InsideAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            Leave();
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
            await EnterAsync(_returning, CancellationToken.None);
        }
    }

    private async Task EnterAsync(Queue<TaskCompletionSource<bool>> queue, CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return;
            }

            queue.Enqueue(turn);
        }

        using CancellationTokenRegistration stop = cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken));
        await turn.Task;
    }
}
