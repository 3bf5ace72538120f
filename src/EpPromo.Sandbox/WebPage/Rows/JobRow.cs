using EpPromo.Sandbox.Jobs;

namespace EpPromo.Sandbox.WebPage.Rows;

/// <summary>A job as the page shows it.</summary>
/// <param name="Id">The job's id.</param>
/// <param name="PromotionId">The id of its promotion.</param>
/// <param name="PromotionName">The name of its promotion, shortened.</param>
/// <param name="Type">The job's type.</param>
/// <param name="Name">The job's name, if it has one.</param>
/// <param name="Status">The status.</param>
/// <param name="Error">Why it failed, if it did.</param>
/// <param name="Requested">How many codes were requested; null for an export.</param>
/// <param name="Generated">How many codes it has made so far; null for an export.</param>
/// <param name="Deleted">How many of them its cancellation deleted.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="StartedAt">When it was started; null while it is pending.</param>
/// <param name="EndsAt">When it ended or will end; null while it is pending.</param>
internal sealed record JobRow(
    string Id,
    string PromotionId,
    string PromotionName,
    string Type,
    string? Name,
    string Status,
    string? Error,
    int? Requested,
    int? Generated,
    int Deleted,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndsAt)
{
    public static JobRow Of(JobState job, DateTimeOffset now)
    {
        string status = job.StatusAt(now).Status;
        return new JobRow(
            job.Id,
            job.Promotion.Id,
            ShortText.Of(job.Promotion.Resource.Name),
            job.Spec.JobType,
            job.Spec.Name is { } name ? ShortText.Of(name) : null,
            status,
            status == JobStatus.Failed ? job.Error : null,
            job.Spec.NumberOfCodes,
            job.Spec.Generates ? job.Generated : null,
            job.Deleted,
            job.CreatedAt,
            job.StartedAt,
            job.FinishedAt ?? job.FinishesAt);
    }
}

/// <summary>The jobs that the page shows.</summary>
/// <param name="Found">How many jobs there are.</param>
/// <param name="Rows">The latest jobs, latest first.</param>
internal sealed record JobRows(int Found, IReadOnlyList<JobRow> Rows);
