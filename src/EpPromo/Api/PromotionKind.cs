namespace EpPromo;

/// <summary>The two kinds of promotions of a store, each with an API of its own (api-contract.md sections 6 and 7).</summary>
public enum PromotionKind
{
    /// <summary>Rule promotions, <c>/v2/rule-promotions</c>.</summary>
    Rule,

    /// <summary>Promotions Standard, the older sibling, <c>/v2/promotions</c>.</summary>
    Standard,
}
