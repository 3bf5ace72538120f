using EpPromo.Promotions;
using EpPromo.Runs;

namespace EpPromo.Sync;

/// <summary>One promotion of a sync: what is to be changed, or why it cannot be.</summary>
internal sealed record SyncItem
{
    /// <summary>The promotion's name.</summary>
    public required string Name { get; init; }

    /// <summary>The promotion as the store has it; null if it is to be created.</summary>
    public Promotion? Current { get; init; }

    /// <summary>The fields that are to be written; null if none differs.</summary>
    public PromotionFields? Fields { get; init; }

    /// <summary>The runs that are not complete.</summary>
    public IReadOnlyList<CodeRunRequest> Runs { get; init; } = [];

    /// <summary>Whether it is to be deleted.</summary>
    public bool IsDelete { get; init; }

    /// <summary>What differs, one for each field and run.</summary>
    public IReadOnlyList<PromotionDifference> Differences { get; init; } = [];

    /// <summary>Why it cannot be made as desired; null if it can.</summary>
    public EpPromoException? Error { get; init; }
}
