namespace EpPromo.Jobs.Waiting;

/// <summary>
/// When the store can have begun the jobs that are still pending. Most stores begin them in the order of their creation: then no job has
/// begun before one that was created earlier, and a poll of the first pending job tells something about all the others. That order is not
/// documented (api-contract.md section 8), so it only counts as long as no job is seen that does not keep to it.
/// </summary>
internal sealed class StoreQueue
{
    /// <summary>The machines of a store may write their times by different clocks.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(2);

    private readonly object _lock = new();
    private Front _observed;
    private Front _inferred;
    private bool _isOrdered = true;

    /// <summary>The earliest time, by the store's clock, at which it can have begun a job; when it has begun it, if that is known.</summary>
    public DateTimeOffset EarliestStart(WatchedJob job)
    {
        if (job.BegunAt is { } begun)
        {
            return begun;
        }

        lock (_lock)
        {
            return _isOrdered ? _inferred.Apply(job.CreatedAt, _observed.Apply(job.CreatedAt, job.NotBegunBefore)) : job.NotBegunBefore;
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
            job.NotBegunBefore = asOf;
            Observe(job.CreatedAt, asOf);
        }
        else if (JobStatuses.Is(status, JobStatuses.Processing) && job.BegunAt is null)
        {
            DateTimeOffset earliest = EarliestStart(job);

            // A store that counts the codes while a job generates them may change the time with each count.
            bool isStart = job.Job.Generated is null or 0;
            job.BegunAt = isStart && job.Job.UpdatedAt is { } updated && updated > job.NotBegunBefore ? updated : earliest;
            job.IsStartObserved = isStart;
            ObserveStart(job.CreatedAt, job.BegunAt.Value);
        }
    }

    /// <summary>The jobs that were created after one that has ended began no earlier than that one.</summary>
    /// <param name="createdAt">When the job that has ended was created.</param>
    /// <param name="earliestStart">The earliest time at which it can have begun, to judge by how long such jobs take.</param>
    public void ObserveEnd(DateTimeOffset createdAt, DateTimeOffset earliestStart)
    {
        lock (_lock)
        {
            _inferred = _inferred.Later(createdAt, earliestStart);
        }
    }

    private void Observe(DateTimeOffset createdAt, DateTimeOffset notBegunBefore)
    {
        lock (_lock)
        {
            _observed = _observed.Later(createdAt, notBegunBefore);
        }
    }

    private void ObserveStart(DateTimeOffset createdAt, DateTimeOffset begunAt)
    {
        lock (_lock)
        {
            _isOrdered &= begunAt + ClockTolerance >= _observed.Apply(createdAt, begunAt);
            _observed = _observed.Later(createdAt, begunAt);
        }
    }

    /// <summary>No job that was created after <paramref name="CreatedAt"/> has begun before <paramref name="Time"/>.</summary>
    private readonly record struct Front(DateTimeOffset CreatedAt, DateTimeOffset Time)
    {
        public DateTimeOffset Apply(DateTimeOffset createdAt, DateTimeOffset notBegunBefore) =>
            createdAt > CreatedAt && Time > notBegunBefore ? Time : notBegunBefore;

        public Front Later(DateTimeOffset createdAt, DateTimeOffset time) => time > Time ? new Front(createdAt, time) : this;
    }
}
