using EpPromo.Sandbox.Jobs;

namespace EpPromo.Sandbox.WebPage.Rows;

/// <summary>Collects the latest jobs.</summary>
internal sealed class JobRowCollector
{
    /// <summary>How many jobs are shown.</summary>
    private const int MaxJobs = 150;

    private readonly Latest<JobState> _latest = new(MaxJobs);

    public void Add(JobState job) => _latest.Add(job, job.CreatedAt);

    public JobRows ToRows(DateTimeOffset now) => new(_latest.Added, [.. _latest.NewestFirst().Select(job => JobRow.Of(job, now))]);
}
