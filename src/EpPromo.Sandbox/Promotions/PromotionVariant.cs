using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Promotions;

/// <summary>One of the two kinds of promotions, each with paths and words of its own (contract sections 6 and 7).</summary>
/// <param name="IsStandard">Whether it is Promotions Standard.</param>
/// <param name="Path">The path of the collection.</param>
/// <param name="Type">The type of a promotion.</param>
/// <param name="IdField">The field in which a job has the id of its promotion.</param>
/// <param name="ConsumeUnits">
/// What can count as one use; the first is the default. That of Promotions Standard is not documented.
/// </param>
internal sealed record PromotionVariant(bool IsStandard, string Path, string Type, string IdField, string[] ConsumeUnits)
{
    public static readonly PromotionVariant Rule = new(
        false, "/v2/rule-promotions", "rule_promotion", "rule_promotion_id", [CodeTerms.DefaultConsumeUnit, CodeTerms.PerApplication]);

    public static readonly PromotionVariant Standard = new(
        true, "/v2/promotions", "promotion", "promotion_id", [CodeTerms.DefaultStandardConsumeUnit, CodeTerms.PerItem]);

    public static readonly IReadOnlyList<PromotionVariant> All = [Rule, Standard];

    public string DefaultConsumeUnit => ConsumeUnits[0];

    public static PromotionVariant Of(bool isStandard) => isStandard ? Standard : Rule;

    /// <summary>The variant that the path of a request belongs to.</summary>
    public static PromotionVariant Of(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<PromotionVariant>() ?? Rule;
}
