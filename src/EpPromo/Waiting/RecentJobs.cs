namespace EpPromo;

/// <summary>
/// The jobs that have ended last, on whatever promotion: how long they took is the best guess for a promotion that has had none, and
/// for a job that was not looked at yet.
/// </summary>
internal sealed class RecentJobs
{
    private const int Kept = 16;

    private readonly object _lock = new();
    private readonly Queue<PromotionJob> _jobs = new();

    public void Add(PromotionJob job)
    {
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
