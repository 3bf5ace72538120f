using System.Text.Json;

namespace EpPromo.Sandbox;

/// <summary>A rule promotion as it was when it was asked for (contract section 6).</summary>
public sealed record SandboxPromotion
{
    /// <summary>The promotion's id.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its description, if it has one.</summary>
    public string? Description { get; init; }

    /// <summary>Whether shoppers can use it.</summary>
    public bool Enabled { get; init; }

    /// <summary>Whether it applies without a code; such a promotion takes no codes.</summary>
    public bool Automatic { get; init; }

    /// <summary>Its priority, unique in the store, if it has one.</summary>
    public int? Priority { get; init; }

    /// <summary>Whether it stacks with others.</summary>
    public bool Stackable { get; init; }

    /// <summary>Whether it overrides the stacking of others.</summary>
    public bool OverrideStacking { get; init; }

    /// <summary>When it starts.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>Its rules, as they were sent.</summary>
    public JsonElement? RuleSet { get; init; }

    /// <summary>The tags of the accounts it is for, as they were sent.</summary>
    public JsonElement? AccountTags { get; init; }

    /// <summary>How many codes it may hold; null takes <see cref="SandboxOptions.CodesPerPromotion"/>.</summary>
    public int? CodesLimit { get; init; }

    /// <summary>When it was created, by the server's clock.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed, by the server's clock.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}
