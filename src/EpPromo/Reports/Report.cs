namespace EpPromo.Reports;

/// <summary>
/// What jobs did, promotion by promotion, at one moment. Its properties, in this order, are those of the JSON report, which scripts rely on:
/// a change that removes or renames one needs another <see cref="Version"/>.
/// </summary>
internal sealed record Report
{
    /// <summary>Says what the file is.</summary>
    public string Format { get; } = "EpPromo.Report";

    /// <summary>The version of the properties.</summary>
    public int Version { get; } = 1;

    /// <summary>The heading.</summary>
    public string Title { get; init; } = "";

    /// <summary>When the report was made, by the clock of the machine, in UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The version of the module that made it.</summary>
    public string ModuleVersion { get; init; } = "";

    /// <summary>All promotions together.</summary>
    public ReportTotals Totals { get; init; } = new();

    /// <summary>What did not succeed, and what to do about it; what is still open comes first.</summary>
    public IReadOnlyList<ReportProblem> Problems { get; init; } = [];

    /// <summary>The runs that the jobs belong to, the newest first.</summary>
    public IReadOnlyList<ReportRun> Runs { get; init; } = [];

    /// <summary>The promotions, by name.</summary>
    public IReadOnlyList<ReportPromotion> Promotions { get; init; } = [];
}
