namespace EpPromo.Jobs.Waiting;

/// <summary>
/// The jobs that have completed last, on whatever promotion: how long they took is the best guess for a promotion that has had none, and
/// for a job that was not looked at yet.
/// </summary>
internal sealed class RecentJobs
{
    private const int Kept = 16;

    private readonly object _lock = new();
    private readonly Queue<PromotionJob> _jobs = new();

    /// <summary>Takes in a job that is not watched any more; only a completed one tells anything.</summary>
    public void Add(PromotionJob job)
    {
        if (!JobStatuses.IsCompleted(job.Status))
        {
            return;
        }

        lock (_lock)
        {
            _jobs.Enqueue(job);
            if (_jobs.Count > Kept)
            {
                _jobs.Dequeue();
            }
        }
    }

    public IReadOnlyList<PromotionJob> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _jobs];
            }
        }
    }
}
