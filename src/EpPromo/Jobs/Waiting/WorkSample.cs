namespace EpPromo.Jobs.Waiting;

/// <summary>How long the store worked on one job.</summary>
/// <param name="JobType">The job's type.</param>
/// <param name="NumberOfCodes">Its size, or null.</param>
/// <param name="CreatedAt">When it was created, or null.</param>
/// <param name="Work">How long it took.</param>
/// <param name="IsExact">Whether the start of the work was observed. If not, <paramref name="Work"/> may include time in the queue.</param>
internal sealed record WorkSample(string JobType, int? NumberOfCodes, DateTimeOffset? CreatedAt, TimeSpan Work, bool IsExact)
{
    /// <summary>The jobs of a list that have completed. Lists do not show when the work started, so the time in the queue is included.</summary>
    public static IEnumerable<WorkSample> Of(IEnumerable<PromotionJob> jobs) =>
        from job in jobs
        let work = job.Duration
        where JobStatuses.IsCompleted(job.Status) && work is not null
        select new WorkSample(job.JobType, job.NumberOfCodes, job.CreatedAt, work.Value, IsExact: false);
}
