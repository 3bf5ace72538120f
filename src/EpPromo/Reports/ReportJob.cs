namespace EpPromo.Reports;

/// <summary>A job in a report. Its properties are those of the JSON report; see <see cref="PromotionJob"/>.</summary>
internal sealed record ReportJob
{
    public string JobId { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>The name of the run that it belongs to, or null.</summary>
    public string? Run { get; init; }

    public string JobType { get; init; } = "";

    public string Status { get; init; } = "";

    public int? NumberOfCodes { get; init; }

    public int? Generated { get; init; }

    public int? Deleted { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public string? Error { get; init; }

    /// <summary>How it ended. Not in the JSON report, where <see cref="Status"/> says it in the words of the API.</summary>
    internal JobOutcome Outcome =>
        JobStatuses.IsCompleted(Status) ? JobOutcome.Completed
        : JobStatuses.Is(Status, JobStatuses.Failed) ? JobOutcome.Failed
        : JobStatuses.Is(Status, JobStatuses.Cancelled) ? JobOutcome.Cancelled
        : JobOutcome.Active;

    /// <summary>A job as the store returned it.</summary>
    /// <param name="job">The job.</param>
    /// <param name="run">The name of its run, or null.</param>
    public static ReportJob Of(PromotionJob job, string? run) => new()
    {
        JobId = job.JobId,
        Name = job.Name,
        Run = run,
        JobType = job.JobType,
        Status = job.Status,
        NumberOfCodes = job.NumberOfCodes,
        Generated = job.Generated,
        Deleted = job.Deleted,
        CreatedAt = job.CreatedAt,
        UpdatedAt = job.UpdatedAt,
        Error = job.Error,
    };
}
