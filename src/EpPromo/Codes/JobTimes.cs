namespace EpPromo.Codes;

/// <summary>
/// The times of several jobs, to tell quickly whether one of them could have generated a code: a run can have thousands of jobs, and a
/// promotion millions of codes.
/// </summary>
internal sealed class JobTimes
{
    private readonly DateTimeOffset[] _starts;

    /// <summary>The latest end of the jobs up to each one.</summary>
    private readonly DateTimeOffset[] _ends;

    private readonly HashSet<DateTimeOffset> _boundaries = [];

    /// <summary>The times of <paramref name="jobs"/>; those without times are left out.</summary>
    public JobTimes(IEnumerable<PromotionJob> jobs)
    {
        PromotionJob[] sorted = [.. jobs.Where(job => job.CreatedAt is not null && job.UpdatedAt is not null).OrderBy(job => job.CreatedAt)];
        _starts = [.. sorted.Select(job => job.CreatedAt!.Value)];
        _ends = [.. sorted.Select(job => job.UpdatedAt!.Value)];
        for (int i = 1; i < _ends.Length; i++)
        {
            _ends[i] = _ends[i - 1] > _ends[i] ? _ends[i - 1] : _ends[i];
        }

        foreach (PromotionJob job in sorted)
        {
            _boundaries.Add(JobCodeFinder.Truncate(job.CreatedAt!.Value));
            _boundaries.Add(JobCodeFinder.Truncate(job.UpdatedAt!.Value));
        }
    }

    /// <summary>Whether <see cref="JobCodeFinder.CouldHaveGenerated"/> holds for one of the jobs.</summary>
    public bool CouldHaveGenerated(PromotionCode code)
    {
        if (code.CreatedAt is not { } created)
        {
            return true;
        }

        int last = Array.BinarySearch(_starts, JobCodeFinder.IsTruncated(created) ? created.AddTicks(TimeSpan.TicksPerSecond - 1) : created);
        if (last < 0)
        {
            last = ~last - 1;
        }

        while (last + 1 < _starts.Length && last >= 0 && _starts[last + 1] == _starts[last])
        {
            last++;
        }

        return last >= 0 && created <= _ends[last];
    }

    /// <summary>Whether <see cref="JobCodeFinder.IsAtBoundary"/> holds for one of the jobs.</summary>
    public bool IsAtBoundary(PromotionCode code) =>
        code.CreatedAt is { } created && JobCodeFinder.IsTruncated(created) && _boundaries.Contains(created);
}
