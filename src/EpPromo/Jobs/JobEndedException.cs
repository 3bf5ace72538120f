using EpPromo.Text;

namespace EpPromo;

/// <summary>The error that a job has failed or was cancelled.</summary>
public sealed class JobEndedException : EpPromoException
{
    /// <summary>The error for <paramref name="job"/>, which has failed or was cancelled.</summary>
    internal JobEndedException(PromotionJob job)
        : base(IsQuotaFailure(job) ? ErrorKind.LimitExceeded : ErrorKind.JobEnded, IdFor(job), ArgumentsFor(job)) => Job = job;

    /// <summary>The job as it ended.</summary>
    public PromotionJob Job { get; }

    /// <summary>Whether the job failed because the promotion has reached its limit of codes (api-contract.md section 3, codes per promotion).</summary>
    internal static bool IsQuotaFailure(PromotionJob job) =>
        JobStatuses.Is(job.Status, JobStatuses.Failed)
        && job.Error?.IndexOf("limit exceeded", StringComparison.OrdinalIgnoreCase) >= 0;

    private static object?[] ArgumentsFor(PromotionJob job)
    {
        string reason = job.Error ?? SR.DetailNoReasonGiven;
        return IsQuotaFailure(job)
            ? [job.PromotionId, reason, NumberOrUnknown(job.Generated), NumberOrUnknown(job.NumberOfCodes)]
            : [job.JobId, job.PromotionId, JobStatuses.Is(job.Status, JobStatuses.Cancelled) ? DescribeDeletion(job) : reason];
    }

    private static object NumberOrUnknown(int? codes) => codes is { } known ? known : SR.DetailUnknownNumber;

    /// <summary>A cancelled job may have deleted its codes. If it does not report that, nothing is known (api-contract.md section 5, Cancel).</summary>
    private static string DescribeDeletion(PromotionJob job) =>
        JobStatuses.Is(job.JobType, JobTypes.Export) ? SR.DetailNoFileCreated
        : job.Generated == 0 || (job.Deleted >= job.Generated) ? SR.DetailCodesDeleted
        : job is { Generated: { } generated, Deleted: { } deleted } ? MessageText.Of(SR.DetailCodesPartlyDeleted, generated, deleted)
        : SR.DetailCodeDeletionUnknown;

    private static string IdFor(PromotionJob job) =>
        JobStatuses.Is(job.Status, JobStatuses.Cancelled) ? nameof(SR.JobCancelled)
        : IsQuotaFailure(job) ? nameof(SR.CodesLimitExceeded)
        : nameof(SR.JobFailed);
}
