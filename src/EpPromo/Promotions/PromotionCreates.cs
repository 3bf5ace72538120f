using EpPromo.Concurrency;

namespace EpPromo.Promotions;

/// <summary>What all creates of promotions on one store share.</summary>
internal sealed class PromotionCreates
{
    /// <summary>One create of a name at a time: of two whose responses were lost, nobody could tell which promotion belongs to which.</summary>
    public KeyedLock NameLock { get; } = new();

    /// <summary>The promotions that creates have returned.</summary>
    public ClaimedIds Claimed { get; } = new();
}
