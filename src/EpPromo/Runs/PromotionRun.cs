using EpPromo.Api;
using EpPromo.Runs;

namespace EpPromo;

/// <summary>A run of Request-EpPromotionCode on all of its promotions, as their jobs show it: the store keeps no other record of a run.</summary>
public sealed class PromotionRun
{
    /// <summary>A run.</summary>
    /// <param name="parts">The run on each of its promotions, at least one.</param>
    internal PromotionRun(IEnumerable<CodeRun> parts)
    {
        Parts = [.. parts.OrderBy(part => part.Started is null).ThenBy(part => part.Started)];
        Name = Parts[0].Name;
        PromotionIds = [.. Parts.Select(part => part.PromotionId)];
        PromotionNames = [.. Parts.Select(part => part.PromotionName)];
        Requested = Sum(part => part.Requested);
        MaxRequested = Sum(part => part.MaxRequested);
        Generated = Parts.Sum(part => (long)(part.Generated ?? 0));
        Jobs = Parts.Sum(part => part.Jobs ?? 0);
        Status = RunStatuses.Of(Parts.Select(part => part.Status));
        Started = Parts.Min(part => part.Started);
        Finished = Status == RunStatuses.Processing ? null : Parts.Max(part => part.Finished);
        Error = Parts.Select(part => part.Error).FirstOrDefault(error => error is not null);
    }

    /// <summary>The run's name. To resume the run, use the same name again.</summary>
    public string Name { get; }

    /// <summary>How many promotions have jobs of the run.</summary>
    public int Promotions => Parts.Count;

    /// <summary>The names of these promotions, the one that was started first at the beginning; empty if a name is not known.</summary>
    public IReadOnlyList<string> PromotionNames { get; }

    /// <summary>The ids of the promotions, in the order of <see cref="PromotionNames"/>.</summary>
    public IReadOnlyList<string> PromotionIds { get; }

    /// <summary>
    /// How many codes were requested, on all promotions together; null if the jobs do not show it. They show it at the latest when the run
    /// has created its last batch.
    /// </summary>
    public long? Requested { get; }

    /// <summary>
    /// The largest number of codes that can have been requested, from the planned number of batches and their size; null if the jobs do not
    /// show that either.
    /// </summary>
    public long? MaxRequested { get; }

    /// <summary>How many codes of the run the promotions have, without a surplus.</summary>
    public long Generated { get; }

    /// <summary>How many jobs the run has had.</summary>
    public int Jobs { get; }

    /// <summary>
    /// <c>processing</c> while a job of the run is active; <c>completed</c> if no codes are missing; otherwise <c>incomplete</c>: the run was
    /// interrupted, has failed, or is between two jobs.
    /// </summary>
    public string Status { get; }

    /// <summary>When the first job was created, by the server's clock, or null.</summary>
    public DateTimeOffset? Started { get; }

    /// <summary>When the last job ended, by the server's clock; null while a job is active.</summary>
    public DateTimeOffset? Finished { get; }

    /// <summary>Why the last job of an incomplete promotion failed, or null.</summary>
    public string? Error { get; }

    /// <summary>The run on each of its promotions.</summary>
    public IReadOnlyList<CodeRun> Parts { get; }

    /// <summary>The kind of the promotions.</summary>
    public PromotionKind Kind => Parts[0].Kind;

    /// <summary>The name of the store that the promotions are in, or null.</summary>
    public string? Store => Origin?.Name;

    /// <summary>The store that the promotions are in, which commands use that get the run as input; null if it is not known.</summary>
    internal IStoreReference? Origin => Parts[0].Origin;

    /// <summary>The name, so that a run can be used where a text is expected.</summary>
    public override string ToString() => Name;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PromotionRun other && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode();

    /// <summary>The sum over all parts; null if one is not known.</summary>
    private long? Sum(Func<CodeRun, int?> number) => Parts.All(part => number(part) is not null) ? Parts.Sum(part => (long?)number(part)) : null;
}
