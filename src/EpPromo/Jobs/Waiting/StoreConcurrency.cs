namespace EpPromo.Jobs.Waiting;

/// <summary>
/// How many jobs a store that keeps to the order of their creation works on at once, to judge by those that have ended. A pending job starts
/// when an earlier one ends, so the ends that are known show when it can have started.
/// </summary>
internal sealed class StoreConcurrency
{
    /// <summary>How many ends are kept: more than jobs are processed at once.</summary>
    private const int Capacity = 256;

    /// <summary>How many counts are kept. The largest one is used: too small a number would make starts seem later than they were.</summary>
    private const int SampleSize = 32;

    /// <summary>With fewer counts than that, the largest one can be too small.</summary>
    private const int MinSampleSize = 5;

    private readonly Queue<(DateTimeOffset CreatedAt, DateTimeOffset EndedAt)> _ended = new();
    private readonly Queue<int> _counts = new();

    /// <summary>Takes into account that a job has ended.</summary>
    /// <param name="createdAt">When it was created.</param>
    /// <param name="startedAt">When it started, or the earliest time at which it can have started.</param>
    /// <param name="endedAt">When it ended.</param>
    /// <param name="openBefore">How many jobs that were created before it have not ended.</param>
    public void ObserveEnd(DateTimeOffset createdAt, DateTimeOffset startedAt, DateTimeOffset endedAt, int openBefore)
    {
        List<DateTimeOffset> earlierEnds = EndsOfCreatedBefore(createdAt);
        bool hasWaited = earlierEnds.Exists(end => end > createdAt && end <= startedAt);
        if (hasWaited)
        {
            // Otherwise the store may have had room for more jobs.
            Enqueue(_counts, 1 + openBefore + earlierEnds.Count(end => end > startedAt), SampleSize);
        }

        Enqueue(_ended, (createdAt, endedAt), Capacity);
    }

    /// <summary>The earliest time at which a job can have started, or null while that is unknown.</summary>
    /// <param name="createdAt">When it was created.</param>
    /// <param name="openBefore">How many jobs that were created before it have not ended.</param>
    public DateTimeOffset? EarliestStart(DateTimeOffset createdAt, int openBefore)
    {
        if (_counts.Count < MinSampleSize)
        {
            return null;
        }

        // It had to wait as long as the open jobs, and those that have ended since, took all places. With at least as many open jobs as
        // places, it waits for an end that is not known yet, so at least for the last known one.
        List<DateTimeOffset> earlierEnds = EndsOfCreatedBefore(createdAt);
        int laterEnds = Math.Max(0, _counts.Max() - openBefore - 1);
        return laterEnds < earlierEnds.Count ? earlierEnds[laterEnds] : null;
    }

    private static void Enqueue<T>(Queue<T> queue, T item, int capacity)
    {
        queue.Enqueue(item);
        if (queue.Count > capacity)
        {
            queue.Dequeue();
        }
    }

    /// <summary>The latest end first.</summary>
    private List<DateTimeOffset> EndsOfCreatedBefore(DateTimeOffset createdAt) =>
        [.. _ended.Where(job => job.CreatedAt < createdAt).Select(job => job.EndedAt).OrderByDescending(end => end)];
}
