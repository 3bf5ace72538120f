namespace EpPromo;

/// <summary>How a run ended on one promotion.</summary>
public sealed record CodeRun
{
    /// <summary>The promotion.</summary>
    public required string PromotionId { get; init; }

    /// <summary>The run's name: given again, the run goes on.</summary>
    public required string Name { get; init; }

    /// <summary>How many codes were asked for.</summary>
    public required int Requested { get; init; }

    /// <summary>
    /// How many codes the promotion has from this run, earlier sittings included; null when the run failed or was broken off before
    /// that was counted.
    /// </summary>
    public required int? Generated { get; init; }

    /// <summary>How many jobs it took, earlier sittings included; null when <see cref="Generated"/> is.</summary>
    public required int? Jobs { get; init; }

    /// <summary>How many of them failed, were cancelled or fell short, and were followed by another one to make that good.</summary>
    public required int Retried { get; init; }

    /// <summary><c>completed</c> or <c>failed</c>.</summary>
    public required string Status { get; init; }

    /// <summary>When this sitting began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When this sitting ended, its file included.</summary>
    public required DateTimeOffset Finished { get; init; }

    /// <summary>How long this sitting took.</summary>
    public TimeSpan Elapsed => Finished - Started;

    /// <summary>Why it failed, or null.</summary>
    public string? Error { get; init; }
}
