namespace EpPromo.Sandbox;

/// <summary>What a promotion code allows (contract section 6).</summary>
public sealed record CodeTerms
{
    /// <summary>The unit of a code that names none (contract section 5).</summary>
    public const string DefaultConsumeUnit = "per_checkout";

    /// <summary>How often it can be used; null is without limit, 0 is not at all.</summary>
    public int? Uses { get; init; }

    /// <summary>The one shopper it is for, if it is for one.</summary>
    public string? User { get; init; }

    /// <summary>per_application or per_checkout.</summary>
    public string ConsumeUnit { get; init; } = DefaultConsumeUnit;

    /// <summary>How often one shopper can use it; null is without limit.</summary>
    public int? MaxUsesPerShopper { get; init; }

    /// <summary>Whether <see cref="MaxUsesPerShopper"/> holds for guests too; null where nothing was sent.</summary>
    public bool? IncludesGuests { get; init; }

    /// <summary>Whether it is for first-time shoppers only.</summary>
    public bool IsForNewShopper { get; init; }

    /// <summary>Who made it.</summary>
    public string CreatedBy { get; init; } = SandboxStore.User;
}
