using EpPromo.Time;

namespace EpPromo.Jobs.Waiting;

/// <summary>
/// When the store can have started the jobs that are still pending. Most stores start them in the order of their creation: then no job has
/// started before one that was created earlier, a poll of the first pending job says something about all the others, and each starts when
/// another one ends (<see cref="StoreConcurrency"/>). That order is not documented (api-contract.md section 8), so it only counts as long as
/// no job is seen that does not keep to it.
/// </summary>
internal sealed class StoreQueue
{
    private readonly object _lock = new();
    private readonly StartTimes _observed = new();
    private readonly StartTimes _inferred = new();
    private readonly StoreConcurrency _concurrency = new();
    private volatile bool _isOrdered = true;

    /// <summary>Whether every job that was seen so far has kept to the order.</summary>
    public bool IsOrdered => _isOrdered;

    /// <summary>The earliest time, by the store's clock, at which it can have started a job; when it has started it, if that is known.</summary>
    public DateTimeOffset EarliestStart(WatchedJob job)
    {
        if (job.StartedAt is { } started)
        {
            return started;
        }

        lock (_lock)
        {
            if (!_isOrdered)
            {
                return job.NotStartedBefore;
            }

            DateTimeOffset earliest = _inferred.Earliest(job.CreatedAt, _observed.Earliest(job.CreatedAt, job.NotStartedBefore));
            return job.InferredStart is { } inferred && inferred > earliest ? inferred : earliest;
        }
    }

    /// <summary>Takes into account how a list showed a job that has not ended.</summary>
    /// <param name="job">The job.</param>
    /// <param name="asOf">When the list was requested, by the store's clock.</param>
    public void Observe(WatchedJob job, DateTimeOffset asOf)
    {
        string status = job.Job!.Status;
        if (JobStatuses.Is(status, JobStatuses.Pending) && asOf > job.NotStartedBefore)
        {
            job.ObservePending(asOf);
            Observe(job.CreatedAt, asOf);
        }
        else if (JobStatuses.Is(status, JobStatuses.Processing) && job.StartedAt is null)
        {
            // A store that counts the codes while a job generates them may change the time with each count.
            if (job.Job.Generated is null or 0 && job.Job.UpdatedAt is { } updated && updated > job.NotStartedBefore)
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

    /// <summary>Takes into account that a job has ended: those that were created after it started no earlier than it did.</summary>
    /// <param name="createdAt">When it was created.</param>
    /// <param name="startedAt">When it started, or can have started, to judge by how long such jobs take.</param>
    /// <param name="endedAt">When it ended.</param>
    /// <param name="openBefore">How many jobs that were created before it have not ended.</param>
    public void ObserveEnd(DateTimeOffset createdAt, DateTimeOffset startedAt, DateTimeOffset endedAt, int openBefore)
    {
        lock (_lock)
        {
            CheckOrder(createdAt, endedAt);
            _inferred.Add(createdAt, startedAt);
            _concurrency.ObserveEnd(createdAt, startedAt, endedAt, openBefore);
        }
    }

    /// <summary>Infers from the ends of other jobs when one that is due can have started.</summary>
    /// <param name="job">The job.</param>
    /// <param name="openBefore">How many jobs that were created before it have not ended.</param>
    public void InferStart(WatchedJob job, int openBefore)
    {
        lock (_lock)
        {
            job.InferredStart = _concurrency.EarliestStart(job.CreatedAt, openBefore);
        }
    }

    private void Observe(DateTimeOffset createdAt, DateTimeOffset notStartedBefore)
    {
        lock (_lock)
        {
            _observed.Add(createdAt, notStartedBefore);
        }
    }

    private void ObserveStart(DateTimeOffset createdAt, DateTimeOffset startedAt)
    {
        lock (_lock)
        {
            CheckOrder(createdAt, startedAt);
            _observed.Add(createdAt, startedAt);
        }
    }

    /// <param name="createdAt">When a job was created.</param>
    /// <param name="startedBy">When it had started.</param>
    private void CheckOrder(DateTimeOffset createdAt, DateTimeOffset startedBy) =>
        _isOrdered &= startedBy + ServerClock.Tolerance >= _observed.Earliest(createdAt, startedBy);
}
