using EpPromo.Codes;

namespace EpPromo.Usages;

/// <summary>Which usages of a promotion are wanted. The store gets it as a filter, and what it returns is checked again.</summary>
internal sealed record UsageSelection
{
    /// <summary>All usages.</summary>
    public static UsageSelection All { get; } = new();

    /// <summary>Only usages of this code; null for all codes.</summary>
    public string? Code { get; init; }

    /// <summary>Only usages at this time or later; null for no limit.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only usages before this time; null for no limit.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Whether no usage is excluded.</summary>
    public bool IsAll => this == All;

    /// <summary>Whether a usage is wanted. If a time is given, a usage without one is not.</summary>
    public bool Matches(PromotionUsage usage) =>
        (Code is null || CodeComparer.Instance.Equals(usage.Code, Code))
        && (Since is null || usage.UsedOn >= Since)
        && (Before is null || usage.UsedOn < Before);
}
