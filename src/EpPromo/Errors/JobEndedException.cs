namespace EpPromo;

/// <summary>A job ended failed or cancelled.</summary>
public sealed class JobEndedException : EpPromoException
{
    /// <summary>The error for <paramref name="job"/>, which has failed or was cancelled.</summary>
    public JobEndedException(PromotionJob job)
        : base(ErrorKind.JobEnded, IdFor(job), job.JobId, job.PromotionId, job.Error ?? SR.NoReasonGiven, job.Name) => Job = job;

    /// <summary>The job as it ended.</summary>
    public PromotionJob Job { get; }

    /// <summary>Whether the job's error says that the promotion may have no more codes (api-contract.md section 3, codes per promotion).</summary>
    public static bool IsQuotaFailure(PromotionJob job) =>
        JobStatuses.Is(job.Status, JobStatuses.Failed)
        && job.Error?.IndexOf("limit exceeded", StringComparison.OrdinalIgnoreCase) >= 0;

    private static string IdFor(PromotionJob job) =>
        JobStatuses.Is(job.Status, JobStatuses.Cancelled) ? nameof(SR.JobCancelled)
        : IsQuotaFailure(job) ? nameof(SR.CodesLimitExceeded)
        : nameof(SR.JobFailed);
}
