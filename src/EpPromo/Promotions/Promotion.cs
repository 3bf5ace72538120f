using EpPromo.Api;
using EpPromo.Documents;
using EpPromo.Text;

namespace EpPromo;

/// <summary>A promotion (api-contract.md section 6), or one of Promotions Standard (section 7).</summary>
public sealed class Promotion
{
    private readonly PromotionRuleSet? _ruleSet;

    internal Promotion()
    {
    }

    /// <summary>A copy, for an object initializer to change.</summary>
    internal Promotion(Promotion promotion)
    {
        PromotionId = promotion.PromotionId;
        Name = promotion.Name;
        Description = promotion.Description;
        Enabled = promotion.Enabled;
        Automatic = promotion.Automatic;
        PromotionType = promotion.PromotionType;
        Priority = promotion.Priority;
        Stackable = promotion.Stackable;
        OverrideStacking = promotion.OverrideStacking;
        Start = promotion.Start;
        End = promotion.End;
        _ruleSet = promotion._ruleSet;
        AccountTags = promotion.AccountTags;
        CreatedAt = promotion.CreatedAt;
        UpdatedAt = promotion.UpdatedAt;
        Origin = promotion.Origin;
    }

    /// <summary>The promotion's id; binds to every <c>-Promotion</c>.</summary>
    public string PromotionId { get; internal init; } = "";

    /// <summary>The name.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>The name, under the name that it has in all other outputs.</summary>
    public string PromotionName => Name;

    /// <summary>The name as a file name: safe on every system, not too long, and without folders.</summary>
    public string FileName => SafeFileName.Of(Name, PromotionId);

    /// <summary>The description, empty if there is none.</summary>
    public string Description { get; internal init; } = "";

    /// <summary>Whether shoppers can use it.</summary>
    public bool Enabled { get; internal init; }

    /// <summary>Whether it applies without a code; an automatic promotion has no codes.</summary>
    public bool Automatic { get; internal init; }

    /// <summary>
    /// What it gives, in the API's word, for example <c>percent_discount</c>; null for a rule promotion, whose rules say that.
    /// </summary>
    public string? PromotionType { get; internal init; }

    /// <summary>Its priority, or null if it has none.</summary>
    public int? Priority { get; internal init; }

    /// <summary>Whether it can be combined with other promotions.</summary>
    public bool Stackable { get; internal init; }

    /// <summary>Whether it overrides the stacking rules of other promotions.</summary>
    public bool OverrideStacking { get; internal init; }

    /// <summary>When it starts, or null.</summary>
    public DateTimeOffset? Start { get; internal init; }

    /// <summary>When it ends, or null.</summary>
    public DateTimeOffset? End { get; internal init; }

    /// <summary>
    /// The rules, or null. Each call returns a copy, which can be changed and passed to <c>-RuleSet</c>; the promotion stays as it is.
    /// </summary>
    public PromotionRuleSet? RuleSet
    {
        get => _ruleSet is null ? null : new PromotionRuleSet(_ruleSet);
        internal init => _ruleSet = value;
    }

    /// <summary>When it was created, by the server's clock, or null.</summary>
    public DateTimeOffset? CreatedAt { get; internal init; }

    /// <summary>When it was last changed, by the server's clock, or null.</summary>
    public DateTimeOffset? UpdatedAt { get; internal init; }

    /// <summary>The kind of promotion. Commands that get the promotion as input use the API of its kind.</summary>
    public PromotionKind Kind => Origin?.Kind ?? PromotionKind.Rule;

    /// <summary>The name of the store that it is in, or null.</summary>
    public string? Store => Origin?.Name;

    /// <summary>The store that it is in, which commands use that get the promotion as input; null if it is not known.</summary>
    internal IStoreReference? Origin { get; init; }

    /// <summary>The tags of the accounts that it is for, as the store returned them; null if it is for all.</summary>
    internal object? AccountTags { get; init; }

    /// <summary>Whether shoppers can use it at a time: it is enabled, has started and has not ended.</summary>
    internal bool IsActiveAt(DateTimeOffset time) => Enabled && !(Start > time) && !(End <= time);

    /// <summary>What equality compares.</summary>
    private object?[] Values =>
    [
        PromotionId, Name, Description, Enabled, Automatic, PromotionType, Priority, Stackable, OverrideStacking, Start, End, CreatedAt, UpdatedAt,
        DocumentJson.Canonical(_ruleSet), DocumentJson.Canonical(AccountTags),
    ];

    /// <summary>The id, so that a promotion can be used where a text is expected.</summary>
    public override string ToString() => PromotionId;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Promotion other && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => PromotionId.GetHashCode();
}
