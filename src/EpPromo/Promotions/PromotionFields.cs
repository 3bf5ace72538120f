using EpPromo.Text;

namespace EpPromo.Promotions;

/// <summary>
/// The fields of a promotion that are to be written (api-contract.md section 6, Promotion). A field that is null is not sent: a create leaves
/// it to the API's default, an update leaves it as it is.
/// </summary>
internal sealed record PromotionFields
{
    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>Whether shoppers can use it.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Whether it applies without a code.</summary>
    public bool? Automatic { get; init; }

    /// <summary>Its priority; a larger one comes first. No two promotions of a store have the same.</summary>
    public int? Priority { get; init; }

    /// <summary>Whether it can be combined with other promotions.</summary>
    public bool? Stackable { get; init; }

    /// <summary>Whether it overrides the stacking rules of others.</summary>
    public bool? OverrideStacking { get; init; }

    /// <summary>When it starts; sent without seconds (api-contract.md section 6).</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>When it ends; sent without seconds.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>The rules.</summary>
    public PromotionRuleSet? RuleSet { get; init; }

    /// <summary>The tags of the accounts that it is for, as another promotion had them.</summary>
    public object? AccountTags { get; init; }

    /// <summary>All fields of a promotion, for a copy of it.</summary>
    public static PromotionFields Of(Promotion promotion) => new()
    {
        Name = promotion.Name,
        Description = promotion.Description.NullIfEmpty(),
        Enabled = promotion.Enabled,
        Automatic = promotion.Automatic,
        Priority = promotion.Priority,
        Stackable = promotion.Stackable,
        OverrideStacking = promotion.OverrideStacking,
        Start = promotion.Start,
        End = promotion.End,
        RuleSet = promotion.RuleSet,
        AccountTags = promotion.AccountTags,
    };

    /// <summary>Throws if the API would reject the fields, so that nothing has to be sent to find out.</summary>
    /// <param name="current">The promotion that they change, or null for a new one.</param>
    /// <exception cref="EpPromoException">A field is invalid.</exception>
    public void Validate(Promotion? current = null)
    {
        if ((current is null || Name is not null) && (string.IsNullOrWhiteSpace(Name) || !DisplayText.IsClean(Name!)))
        {
            throw new EpPromoException(
                ErrorKind.InvalidArgument, nameof(SR.BadPromotionName),
                string.IsNullOrWhiteSpace(Name) ? SR.DetailOnlyWhiteSpace : SR.DetailInvisibleCharacter);
        }

        if ((Start ?? current?.Start) is { } start && (End ?? current?.End) is { } end && (Start ?? End) is not null
            && (end <= start || PromotionField.AreEqual(start, end)))
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.PromotionEndsBeforeStart), start, end);
        }
    }

    /// <summary>
    /// Whether <paramref name="found"/> may be the promotion that a create with these fields has created. What the store has added to the rules
    /// is not a difference.
    /// </summary>
    public bool IsMatch(Promotion found) => PromotionField.All.All(field => field.IsMatch(this, found));

    /// <summary>The fields that are to be written and that <paramref name="current"/> has otherwise.</summary>
    public IReadOnlyList<PromotionField> DifferencesTo(Promotion current) =>
        [.. PromotionField.All.Where(field => field.Wanted(this) is { } wanted && !PromotionField.AreEqual(wanted, field.Actual(current)))];

    /// <summary>Those of them that <paramref name="current"/> does not have. Further fields of its rules are no difference.</summary>
    public IReadOnlyList<PromotionField> UnmetBy(Promotion current) =>
        [.. DifferencesTo(current).Where(field => !field.IsMet(this, current))];

    /// <summary>The same with only those of <paramref name="fields"/>.</summary>
    public PromotionFields Only(IReadOnlyList<PromotionField> fields) => new()
    {
        Name = Take(fields, nameof(Name), Name),
        Description = Take(fields, nameof(Description), Description),
        Enabled = Take(fields, nameof(Enabled), Enabled),
        Automatic = Take(fields, nameof(Automatic), Automatic),
        Priority = Take(fields, nameof(Priority), Priority),
        Stackable = Take(fields, nameof(Stackable), Stackable),
        OverrideStacking = Take(fields, nameof(OverrideStacking), OverrideStacking),
        Start = Take(fields, nameof(Start), Start),
        End = Take(fields, nameof(End), End),
        RuleSet = Take(fields, nameof(RuleSet), RuleSet),
        AccountTags = Take(fields, nameof(AccountTags), AccountTags),
    };

    private static T? Take<T>(IReadOnlyList<PromotionField> fields, string name, T? value) =>
        fields.Any(field => field.Name == name) ? value : default;
}
