namespace EpPromo.Jobs.Waiting;

/// <summary>
/// When the store can have begun the jobs that are still pending. Most stores begin them in the order of their creation: then no job has
/// begun before one that was created earlier, a poll of the first pending job tells something about all the others, and each begins when
/// another one ends (<see cref="WorkSlots"/>). That order is not documented (api-contract.md section 8), so it only counts as long as no job
/// is seen that does not keep to it.
/// </summary>
internal sealed class StoreQueue
{
    /// <summary>The machines of a store may write their times by different clocks.</summary>
    private static readonly TimeSpan s_clockTolerance = TimeSpan.FromSeconds(2);

    private readonly object _lock = new();
    private readonly StartTimes _observed = new();
    private readonly StartTimes _inferred = new();
    private readonly WorkSlots _slots = new();
    private volatile bool _isOrdered = true;

    /// <summary>Whether every job that was seen so far has kept to the order.</summary>
    public bool IsOrdered => _isOrdered;

    /// <summary>The earliest time, by the store's clock, at which it can have begun a job; when it has begun it, if that is known.</summary>
    public DateTimeOffset EarliestStart(WatchedJob job)
    {
        if (job.BegunAt is { } begun)
        {
            return begun;
        }

        lock (_lock)
        {
            if (!_isOrdered)
            {
                return job.NotBegunBefore;
            }

            DateTimeOffset earliest = _inferred.Earliest(job.CreatedAt, _observed.Earliest(job.CreatedAt, job.NotBegunBefore));
            return job.InferredStart is { } inferred && inferred > earliest ? inferred : earliest;
        }
    }

    /// <summary>Takes into account how a list showed a job that has not ended.</summary>
    /// <param name="job">The job.</param>
    /// <param name="asOf">When the list was requested, by the store's clock.</param>
    public void Observe(WatchedJob job, DateTimeOffset asOf)
    {
        string status = job.Job!.Status;
        if (JobStatuses.Is(status, JobStatuses.Pending) && asOf > job.NotBegunBefore)
        {
            job.ObservePending(asOf);
            Observe(job.CreatedAt, asOf);
        }
        else if (JobStatuses.Is(status, JobStatuses.Processing) && job.BegunAt is null)
        {
            // A store that counts the codes while a job generates them may change the time with each count.
            if (job.Job.Generated is null or 0 && job.Job.UpdatedAt is { } updated && updated > job.NotBegunBefore)
            {
                job.ObserveStart(updated, isObserved: true);
                ObserveStart(job.CreatedAt, updated);
            }
            else
            {
                job.ObserveStart(EarliestStart(job), isObserved: false);
            }
        }
    }

    /// <summary>Takes into account that a job has ended: those that were created after it began no earlier than it did.</summary>
    /// <param name="createdAt">When it was created.</param>
    /// <param name="begunAt">When it began, or can have begun, to judge by how long such jobs take.</param>
    /// <param name="endedAt">When it ended.</param>
    /// <param name="openBefore">How many jobs that were created before it have not ended.</param>
    public void ObserveEnd(DateTimeOffset createdAt, DateTimeOffset begunAt, DateTimeOffset endedAt, int openBefore)
    {
        lock (_lock)
        {
            CheckOrder(createdAt, endedAt);
            _inferred.Add(createdAt, begunAt);
            _slots.ObserveEnd(createdAt, begunAt, endedAt, openBefore);
        }
    }

    /// <summary>Infers from the ends of other jobs when one that is due can have begun.</summary>
    /// <param name="job">The job.</param>
    /// <param name="openBefore">How many jobs that were created before it have not ended.</param>
    public void InferStart(WatchedJob job, int openBefore)
    {
        lock (_lock)
        {
            job.InferredStart = _slots.EarliestStart(job.CreatedAt, openBefore);
        }
    }

    private void Observe(DateTimeOffset createdAt, DateTimeOffset notBegunBefore)
    {
        lock (_lock)
        {
            _observed.Add(createdAt, notBegunBefore);
        }
    }

    private void ObserveStart(DateTimeOffset createdAt, DateTimeOffset begunAt)
    {
        lock (_lock)
        {
            CheckOrder(createdAt, begunAt);
            _observed.Add(createdAt, begunAt);
        }
    }

    /// <param name="createdAt">When a job was created.</param>
    /// <param name="begunBy">When it had begun.</param>
    private void CheckOrder(DateTimeOffset createdAt, DateTimeOffset begunBy) =>
        _isOrdered &= begunBy + s_clockTolerance >= _observed.Earliest(createdAt, begunBy);
}
