namespace EpPromo.Reports;

/// <summary>A run in a report, on all promotions together. Its properties are those of the JSON report; see <see cref="PromotionRun"/>.</summary>
internal sealed record ReportRun
{
    public string Name { get; init; } = "";

    public string? Store { get; init; }

    public string Kind { get; init; } = "";

    public string Status { get; init; } = "";

    public int Promotions { get; init; }

    public long? Requested { get; init; }

    public long? MaxRequested { get; init; }

    public long Generated { get; init; }

    public int Jobs { get; init; }

    /// <summary>How many of the jobs generated less than requested, and were followed by another one.</summary>
    public int Retried { get; init; }

    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Finished { get; init; }

    /// <summary>The run as its jobs show it.</summary>
    public static ReportRun Of(PromotionRun run) => new()
    {
        Name = run.Name,
        Store = run.Store,
        Kind = run.Kind.ToString(),
        Status = run.Status,
        Promotions = run.Promotions,
        Requested = run.Requested,
        MaxRequested = run.MaxRequested,
        Generated = run.Generated,
        Jobs = run.Jobs,
        Retried = run.Parts.Sum(part => part.Retried),
        Started = run.Started,
        Finished = run.Finished,
    };
}
