namespace EpPromo;

/// <summary>The outcome of a run on one promotion.</summary>
public sealed record CodeRun
{
    /// <summary>The promotion.</summary>
    public required string PromotionId { get; init; }

    /// <summary>The run's name. To resume the run, use the same name again.</summary>
    public required string Name { get; init; }

    /// <summary>How many codes were requested.</summary>
    public required int Requested { get; init; }

    /// <summary>
    /// How many codes of this run the promotion has, including those of earlier sessions; null if the run failed or was interrupted before
    /// they were counted.
    /// </summary>
    public required int? Generated { get; init; }

    /// <summary>How many jobs the run has had, including those of earlier sessions; null if <see cref="Generated"/> is.</summary>
    public required int? Jobs { get; init; }

    /// <summary>How many of the jobs generated less than requested, or nothing, and were followed by another job.</summary>
    public required int Retried { get; init; }

    /// <summary><c>completed</c> or <c>failed</c>.</summary>
    public required string Status { get; init; }

    /// <summary>When this session started.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When this session ended, including the export of its file.</summary>
    public required DateTimeOffset Finished { get; init; }

    /// <summary>How long this session took.</summary>
    public TimeSpan Elapsed => Finished - Started;

    /// <summary>Why the run failed, or null.</summary>
    public string? Error { get; init; }
}
