namespace EpPromo.Reports;

/// <summary>A run on one promotion, in a report. Its properties are those of the JSON report; see <see cref="CodeRun"/>.</summary>
internal sealed record ReportPart
{
    public string Name { get; init; } = "";

    public string Status { get; init; } = "";

    public int? Requested { get; init; }

    public int? MaxRequested { get; init; }

    public int Generated { get; init; }

    public int Jobs { get; init; }

    public int Retried { get; init; }

    public string? CodePrefix { get; init; }

    public int? CodeLength { get; init; }

    public int? MaxUsesPerCode { get; init; }

    public string? ConsumeUnit { get; init; }

    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Finished { get; init; }

    /// <summary>Why it is not complete, or null.</summary>
    public string? Error { get; init; }

    /// <summary>The file that its codes were written to, if the report was made of the output of the command that did so; or null.</summary>
    public string? Path { get; init; }

    /// <summary>How its codes are used; null if that was not requested or is not known.</summary>
    public ReportUsage? Usage { get; init; }

    /// <summary>The run as its jobs show it.</summary>
    public static ReportPart Of(CodeRun run, ReportUsage? usage) => new()
    {
        Name = run.Name,
        Status = run.Status,
        Requested = run.Requested,
        MaxRequested = run.MaxRequested,
        Generated = run.Generated ?? 0,
        Jobs = run.Jobs ?? 0,
        Retried = run.Retried,
        CodePrefix = run.CodePrefix,
        CodeLength = run.CodeLength,
        MaxUsesPerCode = run.MaxUsesPerCode,
        ConsumeUnit = run.ConsumeUnit,
        Started = run.Started,
        Finished = run.Finished,
        Error = run.Error,
        Path = run.Path,
        Usage = usage,
    };
}
