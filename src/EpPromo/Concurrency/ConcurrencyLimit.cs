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
    private readonly int _maxConcurrency;
    private int _available;

    /// <summary>A limit of <paramref name="maxConcurrency"/> operations.</summary>
    public ConcurrencyLimit(int maxConcurrency) => _available = _maxConcurrency = maxConcurrency;

    /// <summary>Waits until an operation may start. When it has ended, the caller calls <see cref="Release"/>.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => WaitAsync(_starting, cancellationToken);

    /// <summary>Lets the next operation run: the caller's has ended.</summary>
    public void Release()
    {
        lock (_lock)
        {
            if (!TryPassOn(_resuming) && !TryPassOn(_starting))
            {
                _available++;
            }
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

    /// <summary>The same for an operation without a result.</summary>
    public Task RunAsync(Func<Task> operation, CancellationToken cancellationToken) => RunAsync(
        async () =>
        {
            await operation();
            return true;
        },
        cancellationToken);

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

    /// <summary>
    /// For an operation between two steps: when so few operations have not started that they alone could not use the limit, all take turns
    /// step by step. Otherwise those would start last and be the only ones at the end. Returns when it is the caller's turn again.
    /// </summary>
    /// <returns>Whether it has waited.</returns>
    public async Task<bool> TakeTurnAsync()
    {
        TaskCompletionSource<bool> waiter;
        lock (_lock)
        {
            if (_starting.Count >= _maxConcurrency || (!TryPassOn(_starting) && !TryPassOn(_resuming)))
            {
                return false;
            }

            waiter = NewWaiter();
            _resuming.Enqueue(waiter);
        }

        // Even after a cancellation, because the caller will call Release.
        return await waiter.Task;
    }

    private static TaskCompletionSource<bool> NewWaiter() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gives the caller's place to the first waiter.</summary>
    private static bool TryPassOn(Queue<TaskCompletionSource<bool>> waiters)
    {
        while (waiters.Count > 0)
        {
            // A waiter that was cancelled meanwhile is skipped.
            if (waiters.Dequeue().TrySetResult(true))
            {
                return true;
            }
        }

        return false;
    }

    private async Task WaitAsync(Queue<TaskCompletionSource<bool>> queue, CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> waiter;
        lock (_lock)
        {
            if (_available > 0)
            {
                _available--;
                return;
            }

            waiter = NewWaiter();
            queue.Enqueue(waiter);
        }

        using CancellationTokenRegistration stop = cancellationToken.Register(() => waiter.TrySetCanceled(cancellationToken));
        await waiter.Task;
    }
}
