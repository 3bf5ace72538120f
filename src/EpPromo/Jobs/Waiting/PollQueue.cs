using EpPromo.Time;

namespace EpPromo.Jobs.Waiting;

/// <summary>The promotions to poll. Of those that are due, the one with the lowest rank comes first (<see cref="PollPlanner.PollOf"/>).</summary>
internal sealed class PollQueue
{
    /// <summary>How long to sleep while the queue is empty; an addition ends the sleep.</summary>
    private static readonly TimeSpan s_idle = TimeSpan.FromHours(1);

    private readonly IClock _clock;
    private readonly object _lock = new();
    private readonly SortedSet<QueuedPoll> _waiting = new(Comparer<QueuedPoll>.Create(
        (one, other) => (one.Due, one.Order).CompareTo((other.Due, other.Order))));

    private readonly SortedSet<QueuedPoll> _due = new(Comparer<QueuedPoll>.Create(
        (one, other) => (one.Rank, one.Order).CompareTo((other.Rank, other.Order))));

    private long _order;

    // Continuations run where the source is completed: on one thread in a simulation, and outside the lock everywhere.
    private TaskCompletionSource<bool> _changed = new();

    public PollQueue(IClock clock) => _clock = clock;

    /// <summary>Queues a promotion; one that is queued for an earlier time, or is due, keeps its place.</summary>
    /// <param name="promotion">The promotion.</param>
    /// <param name="poll">When to poll it, and its rank among those that are due.</param>
    public void Enqueue(WatchedPromotion promotion, (DateTimeOffset Due, DateTimeOffset Rank) poll)
    {
        TaskCompletionSource<bool> changed;
        lock (_lock)
        {
            if (promotion.Queued is { } old && (old.Due <= poll.Due || !_waiting.Remove(old)))
            {
                return;
            }

            promotion.Queued = new QueuedPoll(promotion, poll.Due, poll.Rank, _order++);
            _waiting.Add(promotion.Queued);
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
            TimeSpan sleep;
            Task changed;
            lock (_lock)
            {
                sleep = MoveDue();
                if (_due.Min is { } first)
                {
                    _due.Remove(first);
                    first.Promotion.Queued = null;
                    return first.Promotion;
                }

                changed = _changed.Task;
            }

            using CancellationTokenSource awake = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(_clock.DelayAsync(sleep, awake.Token), changed);
            awake.Cancel();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <returns>How long it takes until the next one is due.</returns>
    private TimeSpan MoveDue()
    {
        DateTimeOffset now = _clock.UtcNow;
        while (_waiting.Min is { } first)
        {
            if (first.Due > now)
            {
                return first.Due - now;
            }

            _waiting.Remove(first);
            _due.Add(first);
        }

        return s_idle;
    }
}
