namespace EpPromo.PowerShell.Pipeline;

/// <summary>
/// A first-in, first-out queue of limited length between many producers and one consumer. Producers await room, so that none of them blocks
/// a thread; the consumer is the pipeline thread, which can only block. A channel would do, but Windows PowerShell has none, and no library
/// may be loaded into the session for it.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
#pragma warning disable CA1001 // A semaphore whose wait handle is not used owns no resource, and work may still end after the pipeline has.
internal sealed class BoundedQueue<T>
#pragma warning restore CA1001
{
    private readonly int _length;
    private readonly Func<T, int> _weigh;
    private readonly object _lock = new();
    private readonly Queue<(T Item, TaskCompletionSource<bool> Added)> _waiting = new();

    /// <summary>Can be entered once as long as there are items: the consumer, which takes all of them, is woken once for all.</summary>
    private readonly SemaphoreSlim _ready = new(0);
    private Queue<T> _items = new();
    private int _weight;

    /// <summary>A queue of limited length.</summary>
    /// <param name="length">There is room for an item as long as the others are not as long as this.</param>
    /// <param name="weigh">Callback: how long an item is, at least one.</param>
    public BoundedQueue(int length, Func<T, int> weigh)
    {
        _length = length;
        _weigh = weigh;
    }

    /// <summary>Whether there is nothing to take.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _items.Count == 0;
            }
        }
    }

    /// <summary>Adds an item as soon as there is room for it; items come out in the order of these calls.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before there was room; the item is not added.</exception>
    public async Task AddAsync(T item, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource<bool> added;
        lock (_lock)
        {
            if (_weight < _length)
            {
                Enqueue(item);
                return;
            }

            added = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue((item, added));
        }

        using CancellationTokenRegistration stop = cancellationToken.Register(() => added.TrySetCanceled(cancellationToken));
        await added.Task;
    }

    /// <summary>Adds an item if there is room now.</summary>
    public bool TryAdd(T item)
    {
        lock (_lock)
        {
            if (_weight >= _length)
            {
                return false;
            }

            Enqueue(item);
            return true;
        }
    }

    /// <summary>Takes all items; blocks the calling thread until there is one, at most for <paramref name="limit"/>.</summary>
    /// <param name="limit">Zero: does not block.</param>
    /// <param name="items">An empty queue, which is replaced by the one with the items.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether there were items.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public bool TryTakeAll(TimeSpan limit, ref Queue<T> items, CancellationToken cancellationToken)
    {
        if (!_ready.Wait(limit, cancellationToken))
        {
            return false;
        }

        lock (_lock)
        {
            (items, _items) = (_items, items);
            _weight = 0;
            while (_waiting.Count > 0 && _weight < _length)
            {
                // Skip one that was cancelled meanwhile.
                (T next, TaskCompletionSource<bool> added) = _waiting.Dequeue();
                if (added.TrySetResult(true))
                {
                    Enqueue(next);
                }
            }
        }

        return true;
    }

    private void Enqueue(T item)
    {
        _items.Enqueue(item);
        _weight += _weigh(item);
        if (_items.Count == 1)
        {
            _ready.Release();
        }
    }
}
