namespace EpPromo;

/// <summary>What counts as one use of a code, in the API's words (api-contract.md section 5).</summary>
public static class ConsumeUnits
{
    /// <summary>Each application of the promotion is a use.</summary>
    public const string PerApplication = "per_application";

    /// <summary>Each checkout is a use; the API's default.</summary>
    public const string PerCheckout = "per_checkout";

    /// <summary>Promotions Standard: each cart is a use (api-contract.md section 7).</summary>
    public const string PerCart = "per_cart";

    /// <summary>Promotions Standard: each item is a use (api-contract.md section 7).</summary>
    public const string PerItem = "per_item";

    /// <summary>The consume units of a kind of promotion.</summary>
    internal static IReadOnlyList<string> Of(PromotionKind kind) =>
        kind == PromotionKind.Standard ? [PerCart, PerItem] : [PerCheckout, PerApplication];
}
