namespace EpPromo.Reports;

/// <summary>Where a problem happened. Its properties are those of the JSON report.</summary>
internal sealed record ReportProblemPlace
{
    public string PromotionId { get; init; } = "";

    public string PromotionName { get; init; } = "";

    /// <summary>The run, or null.</summary>
    public string? Run { get; init; }

    /// <summary>The job, or null.</summary>
    public string? JobId { get; init; }

    public string? JobName { get; init; }

    public string Message { get; init; } = "";

    public string RecommendedAction { get; init; } = "";
}
