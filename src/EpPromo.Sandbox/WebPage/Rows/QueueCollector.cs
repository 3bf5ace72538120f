using EpPromo.Sandbox.Jobs;

namespace EpPromo.Sandbox.WebPage.Rows;

/// <summary>Collects the jobs that have not finished.</summary>
internal sealed class QueueCollector
{
    /// <summary>How many jobs are shown.</summary>
    private const int MaxJobs = 20;

    private readonly List<JobState> _jobs = [];

    public void Add(JobState job) => _jobs.Add(job);

    public QueueRows ToRows(DateTimeOffset now) => new(
        _jobs.Count,
        _jobs.Count(job => job.StartedAt is not null),
        [.. _jobs.OrderBy(job => job.StartedAt is null).ThenBy(job => job.CreatedAt).Take(MaxJobs).Select(job => JobRow.Of(job, now))]);
}

/// <summary>The jobs that have not finished.</summary>
/// <param name="Unfinished">How many there are.</param>
/// <param name="Running">How many of them are being processed or cancelled.</param>
/// <param name="Rows">The first ones: those that are being processed, then the others in the order in which they will be.</param>
internal sealed record QueueRows(int Unfinished, int Running, IReadOnlyList<JobRow> Rows);
