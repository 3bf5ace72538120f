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

    /// <summary>The store of the promotion, or null. Not in the JSON report.</summary>
    internal string? Store { get; init; }

    /// <summary>The kind of the promotion. Not in the JSON report.</summary>
    internal string Kind { get; init; } = "";

    /// <summary>Which promotion it is, as <see cref="ReportPromotion.Key"/>.</summary>
    internal (string? Store, string Kind, string PromotionId) Key => (Store, Kind, PromotionId);
}
