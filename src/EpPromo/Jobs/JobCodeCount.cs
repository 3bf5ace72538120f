namespace EpPromo.Jobs;

/// <summary>How many codes of a job there are, as far as it reports that (api-contract.md section 5).</summary>
internal static class JobCodeCount
{
    /// <summary>
    /// How many codes of a job count towards a run. A completed job that does not report how many it generated counts with the requested
    /// number.
    /// </summary>
    public static int Counted(PromotionJob job) =>
        JobStatuses.IsCompleted(job.Status) ? job.Generated ?? job.NumberOfCodes ?? 0 : 0;

    /// <summary>
    /// The maximum number of codes of a job that exist, counted or not. A failed job has deleted only what it reports; a cancelled one may
    /// have deleted more if it does not report that. A job that does not report how many codes it generated generated at most the requested
    /// number, and a store need not show that either.
    /// </summary>
    public static int MaxRemaining(PromotionJob job) =>
        !job.IsFinished ? 0
        : JobStatuses.IsCompleted(job.Status) ? Counted(job)
        : Math.Max(0, (job.Generated ?? job.NumberOfCodes ?? NewJob.MaxNumberOfCodes) - (job.Deleted ?? 0));
}
