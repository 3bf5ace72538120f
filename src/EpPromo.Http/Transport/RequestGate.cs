using EpPromo.Http.Requests;

namespace EpPromo.Http.Transport;

/// <summary>
/// Lets requests through one at a time: reads before writes, and otherwise in the order they came. Somebody waits for what a read shows, such
/// as the end of a job, while the jobs that are created meanwhile mostly queue in the store. After <see cref="MaxReadsAhead"/> reads, a write
/// that waits is next, so that reads without end do not stop the writes.
/// </summary>
internal sealed class RequestGate
{
    private const int MaxReadsAhead = 3;

    private readonly Queue<TaskCompletionSource<bool>> _reads = new();
    private readonly Queue<TaskCompletionSource<bool>> _writes = new();
    private readonly object _lock = new();
    private bool _isTaken;
    private int _readsAhead;

    /// <summary>Waits until it is the turn of a request. When the request has passed, the caller calls <see cref="Leave"/>.</summary>
    /// <param name="kind">The kind of the request.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task EnterAsync(RequestKind kind, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource<bool> waiter;
        lock (_lock)
        {
            if (!_isTaken)
            {
                Take(kind);
                return;
            }

            waiter = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            (kind == RequestKind.Read ? _reads : _writes).Enqueue(waiter);
        }

        using CancellationTokenRegistration stop = cancellationToken.Register(() => waiter.TrySetCanceled(cancellationToken));
        await waiter.Task;
    }

    /// <summary>Lets the next request through.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _isTaken = false;
            if (_readsAhead < MaxReadsAhead)
            {
                _ = TryPassOn(_reads, RequestKind.Read) || TryPassOn(_writes, RequestKind.Write);
            }
            else
            {
                _ = TryPassOn(_writes, RequestKind.Write) || TryPassOn(_reads, RequestKind.Read);
            }
        }
    }

    private void Take(RequestKind kind)
    {
        _isTaken = true;
        _readsAhead = kind == RequestKind.Read ? _readsAhead + 1 : 0;
    }

    private bool TryPassOn(Queue<TaskCompletionSource<bool>> waiters, RequestKind kind)
    {
        while (waiters.Count > 0)
        {
            // A waiter that was cancelled meanwhile is skipped.
            if (waiters.Dequeue().TrySetResult(true))
            {
                Take(kind);
                return true;
            }
        }

        return false;
    }
}
