using EpPromo.Api;
using EpPromo.Runs;

namespace EpPromo;

/// <summary>A run on one promotion: its outcome, or how far its jobs show it to be.</summary>
public sealed class CodeRun
{
    internal CodeRun()
    {
    }

    /// <summary>What a run was asked for, and what its jobs show; an object initializer adds its outcome.</summary>
    internal CodeRun(CodeRunRequest request, RunJournal journal)
    {
        PromotionId = request.PromotionId;
        PromotionName = request.PromotionName;
        Origin = request.Origin;
        Name = request.Name;
        Requested = request.Count;
        MaxRequested = request.Count;
        Jobs = journal.JobCount;
        Retried = journal.Retried;
        CodePrefix = request.CodePrefix;
        CodeLength = request.CodeLength;
        MaxUsesPerCode = request.MaxUsesPerCode;
        ConsumeUnit = request.ConsumeUnit;
        BatchSize = request.BatchSize;
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
        MaxRequested = run.MaxRequested;
        Generated = run.Generated;
        Jobs = run.Jobs;
        Retried = run.Retried;
        CodePrefix = run.CodePrefix;
        CodeLength = run.CodeLength;
        MaxUsesPerCode = run.MaxUsesPerCode;
        ConsumeUnit = run.ConsumeUnit;
        BatchSize = run.BatchSize;
        Status = run.Status;
        Started = run.Started;
        Finished = run.Finished;
        Error = run.Error;
        ErrorId = run.ErrorId;
        RecommendedAction = run.RecommendedAction;
    }

    /// <summary>The promotion.</summary>
    public string PromotionId { get; internal init; } = "";

    /// <summary>The name of the promotion, empty if it is not known.</summary>
    public string PromotionName { get; internal init; } = "";

    /// <summary>The run's name. To resume the run, use the same name again.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>How many codes were requested; null if the run was found by its jobs, and they do not show it.</summary>
    public int? Requested { get; internal init; }

    /// <summary>The largest number of codes that can have been requested; null if the jobs do not show that either.</summary>
    public int? MaxRequested { get; internal init; }

    /// <summary>
    /// How many codes of this run the promotion has, including those of earlier sessions; null if the run failed or was interrupted before
    /// they were counted.
    /// </summary>
    public int? Generated { get; internal init; }

    /// <summary>How many jobs the run has had, including those of earlier sessions; null if <see cref="Generated"/> is.</summary>
    public int? Jobs { get; internal init; }

    /// <summary>How many of the jobs generated less than requested, or nothing, and were followed by another job.</summary>
    public int Retried { get; internal init; }

    /// <summary>The text that each code starts with, or null.</summary>
    public string? CodePrefix { get; internal init; }

    /// <summary>The number of generated characters in a code, or null.</summary>
    public int? CodeLength { get; internal init; }

    /// <summary>How often each code can be used, or null for no limit.</summary>
    public int? MaxUsesPerCode { get; internal init; }

    /// <summary>What counts as one use (<see cref="ConsumeUnits"/>), or null.</summary>
    public string? ConsumeUnit { get; internal init; }

    /// <summary>The maximum number of codes in one job; null if the jobs do not show it, as with a run of a single job.</summary>
    public int? BatchSize { get; internal init; }

    /// <summary>
    /// <c>completed</c> or <c>failed</c>. Of a run that was found by its jobs: <c>processing</c>, <c>completed</c> or <c>incomplete</c>
    /// (<see cref="PromotionRun.Status"/>).
    /// </summary>
    public string Status { get; internal init; } = "";

    /// <summary>
    /// When this session started. Of a run that was found by its jobs: when the first of them was created, by the server's clock, or null.
    /// </summary>
    public DateTimeOffset? Started { get; internal init; }

    /// <summary>
    /// When this session ended, including the export of its file. Of a run that was found by its jobs: when the last of them ended, by the
    /// server's clock; null while one is active.
    /// </summary>
    public DateTimeOffset? Finished { get; internal init; }

    /// <summary>From <see cref="Started"/> to <see cref="Finished"/>; null if either is.</summary>
    public TimeSpan? Elapsed => Finished - Started;

    /// <summary>Why the run failed, or null.</summary>
    public string? Error { get; internal init; }

    /// <summary>The id of the error with which the session ended (docs/errors.md); null if it ended well, or the run was found by its jobs.</summary>
    public string? ErrorId { get; internal init; }

    /// <summary>What to do about that error, or null.</summary>
    public string? RecommendedAction { get; internal init; }

    /// <summary>The full path of the file that the run's codes were written to, or null if they were written to none.</summary>
    public string? Path { get; internal init; }

    /// <summary>The kind of the promotion.</summary>
    public PromotionKind Kind => Origin?.Kind ?? PromotionKind.Rule;

    /// <summary>The name of the store that the promotion is in, or null.</summary>
    public string? Store => Origin?.Name;

    /// <summary>The store that the promotion is in, which commands use that get the run as input; null if it is not known.</summary>
    internal IStoreReference? Origin { get; init; }

    /// <summary>What equality compares.</summary>
    private object?[] Values =>
    [
        PromotionId, PromotionName, Name, Requested, MaxRequested, Generated, Jobs, Retried, CodePrefix, CodeLength, MaxUsesPerCode,
        ConsumeUnit, BatchSize, Status, Started, Finished, Error, ErrorId, RecommendedAction, Path,
    ];

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CodeRun other && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => PromotionId.GetHashCode();
}
