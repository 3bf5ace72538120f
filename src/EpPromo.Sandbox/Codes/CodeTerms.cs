namespace EpPromo.Sandbox;

/// <summary>What a promotion code allows (contract section 6).</summary>
public sealed record CodeTerms
{
    /// <summary>The consume unit that counts each application of the code (contract section 5).</summary>
    public const string PerApplication = "per_application";

    /// <summary>The consume unit of a code if the request does not say (contract section 5).</summary>
    public const string DefaultConsumeUnit = "per_checkout";

    /// <summary>The consume unit of Promotions Standard that counts each item (contract section 7).</summary>
    public const string PerItem = "per_item";

    /// <summary>
    /// The consume unit of a code of Promotions Standard if the request does not say. Which one it is, is not documented (contract section 7).
    /// </summary>
    public const string DefaultStandardConsumeUnit = "per_cart";

    /// <summary>The maximum number of uses; null means unlimited, 0 means that the code cannot be used.</summary>
    public int? Uses { get; init; }

    /// <summary>The only shopper who can use the code; null for all shoppers.</summary>
    public string? User { get; init; }

    /// <summary>per_application or per_checkout; for Promotions Standard per_item or per_cart.</summary>
    public string ConsumeUnit { get; init; } = DefaultConsumeUnit;

    /// <summary>The maximum number of uses by one shopper; null means unlimited.</summary>
    public int? MaxUsesPerShopper { get; init; }

    /// <summary>Whether <see cref="MaxUsesPerShopper"/> also applies to guests; null if it was not sent.</summary>
    public bool? IncludesGuests { get; init; }

    /// <summary>Whether only first-time shoppers can use the code.</summary>
    public bool IsForNewShopper { get; init; }

    /// <summary>Who created the code.</summary>
    public string CreatedBy { get; init; } = SandboxStore.User;
}
