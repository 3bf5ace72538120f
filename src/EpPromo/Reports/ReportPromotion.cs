namespace EpPromo.Reports;

/// <summary>A promotion in a report. Its properties are those of the JSON report.</summary>
internal sealed record ReportPromotion
{
    public string PromotionId { get; init; } = "";

    /// <summary>Its name, empty if it is not known.</summary>
    public string PromotionName { get; init; } = "";

    /// <summary>The store that it is in, or null.</summary>
    public string? Store { get; init; }

    /// <summary><c>Rule</c> or <c>Standard</c>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>How many codes the jobs of the report generated, without a surplus that a run deletes.</summary>
    public long Generated { get; init; }

    /// <summary>How many codes were requested; null if the jobs of a run do not show it.</summary>
    public long? Requested { get; init; }

    /// <summary>How the codes of the promotion are used; null if that was not requested, or was for its runs.</summary>
    public ReportUsage? Usage { get; init; }

    /// <summary>The runs on this promotion, the oldest first.</summary>
    public IReadOnlyList<ReportPart> Runs { get; init; } = [];

    /// <summary>Its jobs, the oldest first.</summary>
    public IReadOnlyList<ReportJob> Jobs { get; init; } = [];

    /// <summary>Which promotion it is: another store can have one with the same id.</summary>
    internal (string? Store, string Kind, string PromotionId) Key => (Store, Kind, PromotionId);

    /// <summary>The name, or the id if the name is not known.</summary>
    internal string Label => PromotionName.Length > 0 ? PromotionName : PromotionId;
}
