using System.Collections.Concurrent;
using EpPromo.Concurrency;

namespace EpPromo.Promotions;

/// <summary>What all writes of promotions on one store share.</summary>
internal sealed class PromotionWrites
{
    /// <summary>One create of a name at a time: of two whose responses were lost, nobody could tell which promotion belongs to which.</summary>
    public KeyedLock NameLock { get; } = new();

    /// <summary>The promotions that creates have returned.</summary>
    public ClaimedIds Claimed { get; } = new();

    /// <summary>One change of a promotion at a time (api-contract.md section 3, parallel writes).</summary>
    public KeyedLock PromotionLock { get; } = new();

    /// <summary>The promotions by id as this process has written them last.</summary>
    private ConcurrentDictionary<string, Promotion> Written { get; } = new(StringComparer.Ordinal);

    /// <summary>Keeps what a write has returned.</summary>
    public void Keep(Promotion promotion) => Written[promotion.PromotionId] = promotion;

    /// <summary>
    /// What the caller knows of a promotion: the one that was passed, or what this process has written since, which is no change by another
    /// client.
    /// </summary>
    public Promotion? Newest(Promotion? passed) =>
        passed is not null && Written.TryGetValue(passed.PromotionId, out Promotion? written) && !(passed.UpdatedAt > written.UpdatedAt)
            ? written
            : passed;
}
