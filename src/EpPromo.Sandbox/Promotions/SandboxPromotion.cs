using System.Text.Json;

namespace EpPromo.Sandbox;

/// <summary>A snapshot of a promotion (contract sections 6 and 7).</summary>
public sealed record SandboxPromotion
{
    /// <summary>The promotion's id.</summary>
    public required string Id { get; init; }

    /// <summary>The promotion's name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is one of Promotions Standard; else it is a rule promotion.</summary>
    public bool IsStandard { get; init; }

    /// <summary>What a promotion of Promotions Standard gives, such as percent_discount; null for a rule promotion.</summary>
    public string? PromotionType { get; init; }

    /// <summary>The description, if there is one.</summary>
    public string? Description { get; init; }

    /// <summary>Whether shoppers can use it.</summary>
    public bool Enabled { get; init; }

    /// <summary>Whether it applies without a code; such a promotion cannot have codes.</summary>
    public bool Automatic { get; init; }

    /// <summary>The priority, unique within the store, if there is one.</summary>
    public int? Priority { get; init; }

    /// <summary>Whether it can be combined with other promotions.</summary>
    public bool Stackable { get; init; }

    /// <summary>Whether it overrides the stacking rules of other promotions.</summary>
    public bool OverrideStacking { get; init; }

    /// <summary>When it starts.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>The rules, as they were sent.</summary>
    public JsonElement? RuleSet { get; init; }

    /// <summary>The tags of the accounts that it applies to, as they were sent.</summary>
    public JsonElement? AccountTags { get; init; }

    /// <summary>The maximum number of codes; null for <see cref="SandboxOptions.CodesPerPromotion"/>.</summary>
    public int? CodesLimit { get; init; }

    /// <summary>When it was created, by the server's clock.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed, by the server's clock.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}
