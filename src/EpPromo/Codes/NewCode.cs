using EpPromo.Text;

namespace EpPromo.Codes;

/// <summary>A code to add (api-contract.md section 6). It is validated before anything is sent.</summary>
internal sealed record NewCode
{
    /// <summary>The text that a shopper types.</summary>
    public required string Text { get; init; }

    /// <summary>How often it can be used; null for unlimited, 0 for never.</summary>
    public int? MaxUses { get; init; }

    /// <summary>The only shopper who can use it; null for all.</summary>
    public string? User { get; init; }

    /// <summary>What counts as one use (<see cref="ConsumeUnits"/>); null for the API's default.</summary>
    public string? ConsumeUnit { get; init; }

    /// <summary>How often one shopper can use it; null for unlimited.</summary>
    public int? MaxUsesPerShopper { get; init; }

    /// <summary>Whether <see cref="MaxUsesPerShopper"/> counts for guests, too.</summary>
    public bool IncludesGuests { get; init; }

    /// <summary>Whether only shoppers who have ordered nothing yet can use it.</summary>
    public bool IsForNewShopper { get; init; }

    /// <summary>Throws if the API would reject the code, so that nothing has to be sent to find out.</summary>
    /// <param name="kind">The kind of its promotion, which decides the consume units.</param>
    /// <exception cref="EpPromoException">The text or a combination of terms is invalid.</exception>
    public void Validate(PromotionKind kind)
    {
        if (FindProblem() is { } problem)
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadCode), Text, problem);
        }

        if (MaxUses < 0 || MaxUsesPerShopper < 1)
        {
            throw MaxUses < 0
                ? new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadMaxUsesPerCode), MaxUses)
                : new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadMaxUsesPerShopper), MaxUsesPerShopper);
        }

        if (ConsumeUnit is { } unit && !ConsumeUnits.Of(kind).Contains(unit))
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadConsumeUnit), unit, kind, string.Join(" or ", ConsumeUnits.Of(kind)));
        }

        string? conflict = IncludesGuests && MaxUsesPerShopper is null ? SR.DetailGuestsWithoutLimit
            : IsForNewShopper && (MaxUses is not null || User is not null) ? SR.DetailNewShopperWithLimit
            : MaxUsesPerShopper is not null && ConsumeUnit == ConsumeUnits.PerApplication ? SR.DetailShopperLimitPerApplication
            : null;
        if (conflict is not null)
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadCodeTerms), Text, conflict);
        }
    }

    /// <summary>A shopper cannot type what nobody can see; a blank inside a code is probably two codes in one cell.</summary>
    private string? FindProblem() =>
        Text.Length == 0 ? SR.DetailEmptyCode
        : Text.IndexOf(' ') >= 0 ? SR.DetailSpaceInCode
        : InvisibleCharacter.FindFirst(Text);
}
