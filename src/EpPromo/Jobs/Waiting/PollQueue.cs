using EpPromo.Time;

namespace EpPromo.Jobs.Waiting;

/// <summary>The promotions to poll, the earliest due first.</summary>
internal sealed class PollQueue
{
    /// <summary>How long to sleep while the queue is empty; an addition ends the sleep.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromHours(1);

    private readonly IClock _clock;
    private readonly object _lock = new();
    private readonly SortedDictionary<(DateTimeOffset Due, long Order), WatchedPromotion> _queue = [];
    private long _order;

    // Continuations run where the source is completed: on one thread in a simulation, and outside the lock everywhere.
    private TaskCompletionSource<bool> _changed = new();

    public PollQueue(IClock clock) => _clock = clock;

    /// <summary>Queues a promotion; one that is queued for an earlier time keeps it.</summary>
    public void Enqueue(WatchedPromotion promotion, DateTimeOffset due)
    {
        TaskCompletionSource<bool> changed;
        lock (_lock)
        {
            if (promotion.QueueKey is { } old)
            {
                if (old.Due <= due)
                {
                    return;
                }

                _queue.Remove(old);
            }

            promotion.QueueKey = (due, _order++);
            _queue.Add(promotion.QueueKey.Value, promotion);
            changed = _changed;
            _changed = new TaskCompletionSource<bool>();
        }

        changed.SetResult(true);
    }

    /// <summary>Removes and returns the first promotion once it is due.</summary>
    public async Task<WatchedPromotion> DequeueAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            TimeSpan sleep = Idle;
            Task changed;
            lock (_lock)
            {
                if (_queue.Count > 0)
                {
                    KeyValuePair<(DateTimeOffset Due, long Order), WatchedPromotion> first = _queue.First();
                    sleep = first.Key.Due - _clock.UtcNow;
                    if (sleep <= TimeSpan.Zero)
                    {
                        _queue.Remove(first.Key);
                        first.Value.QueueKey = null;
                        return first.Value;
                    }
                }

                changed = _changed.Task;
            }

            using CancellationTokenSource awake = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(_clock.DelayAsync(sleep, awake.Token), changed);
            awake.Cancel();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
