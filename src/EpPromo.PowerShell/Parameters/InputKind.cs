using EpPromo.Api;

namespace EpPromo.PowerShell.Parameters;

/// <summary>The kind of the promotion that an input means.</summary>
internal static class InputKind
{
    /// <summary>The kind that the input itself says; else the one given with -Kind; else rule promotions.</summary>
    /// <param name="origin">Where the input came from, or null.</param>
    /// <param name="given">The value of -Kind, or null.</param>
    /// <exception cref="EpPromoException">The input says something else than -Kind, or nothing that is a kind.</exception>
    public static PromotionKind Of(IStoreReference? origin, PromotionKind? given)
    {
        if (origin is null or NamedStore { KindText: null })
        {
            return given ?? PromotionKind.Rule;
        }

        if (origin is NamedStore { KindText: { } text } && !PromotionKinds.TryParse(text, out _))
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadPromotionKind), text);
        }

        return given is null || given == origin.Kind
            ? origin.Kind
            : throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.PromotionKindDiffers), origin.Kind, given);
    }
}
