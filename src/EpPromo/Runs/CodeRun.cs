using EpPromo.Api;

namespace EpPromo;

/// <summary>The outcome of a run on one promotion.</summary>
public sealed class CodeRun
{
    internal CodeRun()
    {
    }

    /// <summary>A copy, for an object initializer to change.</summary>
    internal CodeRun(CodeRun run)
    {
        PromotionId = run.PromotionId;
        PromotionName = run.PromotionName;
        Origin = run.Origin;
        Path = run.Path;
        Name = run.Name;
        Requested = run.Requested;
        Generated = run.Generated;
        Jobs = run.Jobs;
        Retried = run.Retried;
        Status = run.Status;
        Started = run.Started;
        Finished = run.Finished;
        Error = run.Error;
    }

    /// <summary>The promotion.</summary>
    public string PromotionId { get; internal init; } = "";

    /// <summary>The name of the promotion, empty if it is not known.</summary>
    public string PromotionName { get; internal init; } = "";

    /// <summary>The run's name. To resume the run, use the same name again.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>How many codes were requested.</summary>
    public int Requested { get; internal init; }

    /// <summary>
    /// How many codes of this run the promotion has, including those of earlier sessions; null if the run failed or was interrupted before
    /// they were counted.
    /// </summary>
    public int? Generated { get; internal init; }

    /// <summary>How many jobs the run has had, including those of earlier sessions; null if <see cref="Generated"/> is.</summary>
    public int? Jobs { get; internal init; }

    /// <summary>How many of the jobs generated less than requested, or nothing, and were followed by another job.</summary>
    public int Retried { get; internal init; }

    /// <summary><c>completed</c> or <c>failed</c>.</summary>
    public string Status { get; internal init; } = "";

    /// <summary>When this session started.</summary>
    public DateTimeOffset Started { get; internal init; }

    /// <summary>When this session ended, including the export of its file.</summary>
    public DateTimeOffset Finished { get; internal init; }

    /// <summary>How long this session took.</summary>
    public TimeSpan Elapsed => Finished - Started;

    /// <summary>Why the run failed, or null.</summary>
    public string? Error { get; internal init; }

    /// <summary>The full path of the file that the run's codes were written to, or null if they were written to none.</summary>
    public string? Path { get; internal init; }

    /// <summary>The name of the store that the promotion is in, or null.</summary>
    public string? Store => Origin?.Name;

    /// <summary>The store that the promotion is in, which commands use that get the run as input; null if it is not known.</summary>
    internal IStoreReference? Origin { get; init; }

    /// <summary>What equality compares.</summary>
    private object?[] Values =>
    [
        PromotionId, PromotionName, Name, Requested, Generated, Jobs, Retried, Status, Started, Finished, Error, Path,
    ];

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CodeRun other && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => PromotionId.GetHashCode();
}
