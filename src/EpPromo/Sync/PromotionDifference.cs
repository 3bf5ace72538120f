using EpPromo.Api;

namespace EpPromo;

/// <summary>One difference between a file that says how promotions should be and the store.</summary>
public sealed class PromotionDifference
{
    internal PromotionDifference()
    {
    }

    /// <summary>A copy, for an object initializer to change.</summary>
    internal PromotionDifference(PromotionDifference difference)
    {
        PromotionId = difference.PromotionId;
        PromotionName = difference.PromotionName;
        Change = difference.Change;
        Property = difference.Property;
        Current = difference.Current;
        Desired = difference.Desired;
        Applied = difference.Applied;
        Origin = difference.Origin;
    }

    /// <summary>The promotion's id; null for one that is to be created.</summary>
    public string? PromotionId { get; internal init; }

    /// <summary>The promotion's name.</summary>
    public string PromotionName { get; internal init; } = "";

    /// <summary>What makes it as desired: <c>Create</c>, <c>Set</c>, <c>Run</c> or <c>Delete</c>.</summary>
    public string Change { get; internal init; } = "";

    /// <summary>What differs: a property of the promotion, or the name of the run.</summary>
    public string Property { get; internal init; } = "";

    /// <summary>What the store has; null if it has nothing. Of a run, the number of codes. Times are in UTC, rules in JSON.</summary>
    public string? Current { get; internal init; }

    /// <summary>What the file says, in the same form; null for a promotion that is to be deleted.</summary>
    public string? Desired { get; internal init; }

    /// <summary>Whether the store is now as desired.</summary>
    public bool Applied { get; internal init; }

    /// <summary>The name of the store, or null.</summary>
    public string? Store => Origin?.Name;

    /// <summary>The store.</summary>
    internal IStoreReference? Origin { get; init; }

    /// <summary>"Set End of Summer Sale".</summary>
    public override string ToString() => $"{Change} {Property} of {PromotionName}";
}
