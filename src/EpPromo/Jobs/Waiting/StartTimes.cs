namespace EpPromo.Jobs.Waiting;

/// <summary>
/// When the jobs of a store that keeps to the order of their creation can have started: entries say that no job which was created after some
/// time has started before some other time. A later entry of the same or an earlier time adds nothing, so both times rise from entry to entry.
/// </summary>
internal sealed class StartTimes
{
    /// <summary>How many entries are kept: more than jobs are processed at once. The first ones are about jobs that have ended.</summary>
    private const int Capacity = 256;

    private readonly List<(DateTimeOffset CreatedAt, DateTimeOffset Time)> _entries = [];

    /// <summary>Adds that no job which was created after <paramref name="createdAt"/> has started before <paramref name="time"/>.</summary>
    public void Add(DateTimeOffset createdAt, DateTimeOffset time)
    {
        int index = CountCreatedBefore(createdAt);
        if (index > 0 && _entries[index - 1].Time >= time)
        {
            return;
        }

        int superseded = _entries.Skip(index).TakeWhile(entry => entry.Time <= time).Count();
        _entries.RemoveRange(index, superseded);
        _entries.Insert(index, (createdAt, time));
        if (_entries.Count > Capacity)
        {
            _entries.RemoveAt(0);
        }
    }

    /// <summary>The earliest time at which a job can have started.</summary>
    /// <param name="createdAt">When it was created.</param>
    /// <param name="notStartedBefore">What is known of the job itself.</param>
    public DateTimeOffset Earliest(DateTimeOffset createdAt, DateTimeOffset notStartedBefore)
    {
        int index = CountCreatedBefore(createdAt);
        return index > 0 && _entries[index - 1].Time > notStartedBefore ? _entries[index - 1].Time : notStartedBefore;
    }

    private int CountCreatedBefore(DateTimeOffset createdAt)
    {
        int index = _entries.FindLastIndex(entry => entry.CreatedAt < createdAt);
        return index + 1;
    }
}
