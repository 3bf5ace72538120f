using EpPromo.Http.Requests;

namespace EpPromo.Http.Transport;

/// <summary>
/// Lets requests through one at a time. While both reads and writes wait, they take turns, each in the order they came: the ends of jobs are
/// noticed in time although many jobs are still being created, and reads without end do not stop the writes.
/// </summary>
internal sealed class RequestGate
{
    private readonly Queue<TaskCompletionSource<bool>> _reads = new();
    private readonly Queue<TaskCompletionSource<bool>> _writes = new();
    private readonly object _lock = new();
    private bool _isTaken;
    private bool _wasRead;

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
            if (_wasRead)
            {
                _ = TryPassOn(_writes, RequestKind.Write) || TryPassOn(_reads, RequestKind.Read);
            }
            else
            {
                _ = TryPassOn(_reads, RequestKind.Read) || TryPassOn(_writes, RequestKind.Write);
            }
        }
    }

    private void Take(RequestKind kind)
    {
        _isTaken = true;
        _wasRead = kind == RequestKind.Read;
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
