namespace EpPromo.Concurrency;

/// <summary>
/// Limits how many operations run at the same time. They start in the order in which they arrive, but an operation that resumes goes before
/// those that have not started, so that operations end as early as they can. Not a SemaphoreSlim, because that resumes its waiters on the
/// thread pool, and a simulation runs everything on one thread.
/// </summary>
internal sealed class ConcurrencyLimit
{
    private readonly Queue<TaskCompletionSource<bool>> _starting = new();
    private readonly Queue<TaskCompletionSource<bool>> _resuming = new();
    private readonly object _lock = new();
    private int _available;

    /// <summary>A limit of <paramref name="maxConcurrency"/> operations.</summary>
    public ConcurrencyLimit(int maxConcurrency) => _available = maxConcurrency;

    /// <summary>Waits until an operation may start. When it has ended, the caller calls <see cref="Release"/>.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => WaitAsync(_starting, cancellationToken);

    /// <summary>Lets the next operation run: the caller's has ended.</summary>
    public void Release()
    {
        lock (_lock)
        {
            while (_resuming.Count + _starting.Count > 0)
            {
                // A waiter that was cancelled meanwhile is skipped.
                if ((_resuming.Count > 0 ? _resuming : _starting).Dequeue().TrySetResult(true))
                {
                    return;
                }
            }

            _available++;
        }
    }

    /// <summary>Runs an operation under the limit.</summary>
    /// <param name="operation">Callback: the operation.</param>
    /// <param name="cancellationToken">Stops waiting for the start.</param>
    public async Task<T> RunAsync<T>(Func<Task<T>> operation, CancellationToken cancellationToken)
    {
        await WaitAsync(cancellationToken);
        try
        {
            return await operation();
        }
        finally
        {
            Release();
        }
    }

    /// <summary>
    /// For an operation that can only wait: lets another one run meanwhile. Afterwards, it resumes as soon as the limit allows, before
    /// operations that have not started.
    /// </summary>
    /// <param name="wait">Callback: the wait.</param>
    public async Task ReleaseWhileAsync(Func<Task> wait)
    {
        Release();
        try
        {
            await wait();
        }
        finally
        {
            // Even after a cancellation, because the caller will call Release.
            await WaitAsync(_resuming, CancellationToken.None);
        }
    }

    private async Task WaitAsync(Queue<TaskCompletionSource<bool>> queue, CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> waiter = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_available > 0)
            {
                _available--;
                return;
            }

            queue.Enqueue(waiter);
        }

        using CancellationTokenRegistration stop = cancellationToken.Register(() => waiter.TrySetCanceled(cancellationToken));
        await waiter.Task;
    }
}
