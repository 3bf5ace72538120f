namespace EpPromo.Api;

/// <summary>The kinds of promotions as texts.</summary>
internal static class PromotionKinds
{
    /// <summary>The kind that is not <paramref name="kind"/>.</summary>
    public static PromotionKind OtherThan(PromotionKind kind) =>
        kind == PromotionKind.Rule ? PromotionKind.Standard : PromotionKind.Rule;

    /// <summary>Reads the name of a kind, in any case, or its number, which serialized objects have.</summary>
    public static bool TryParse(string text, out PromotionKind kind) =>
        Enum.TryParse(text.Trim(), ignoreCase: true, out kind) && Enum.IsDefined(typeof(PromotionKind), kind);
}
