using EpPromo.Text;

namespace EpPromo.Jobs;

/// <summary>A job to create. It is validated against the limits of api-contract.md section 3 before anything is sent.</summary>
internal sealed record NewJob
{
    /// <summary>The maximum number of codes of one job.</summary>
    public const int MaxNumberOfCodes = 1000;

    /// <summary>The maximum length of a job name, in characters.</summary>
    public const int MaxNameLength = 50;

    /// <summary>The minimum number of generated characters in a code.</summary>
    public const int MinCodeLength = 8;

    /// <summary>The maximum number of generated characters in a code.</summary>
    public const int MaxCodeLength = 16;

    /// <summary><see cref="JobTypes.Generate"/> or <see cref="JobTypes.Export"/>.</summary>
    public required string JobType { get; init; }

    /// <summary>The job's name, at most 50 characters; if it is null, <see cref="Creation.JobCreator"/> generates a unique one.</summary>
    public string? Name { get; init; }

    /// <summary>How many codes to generate, 1 to 1000; null for an export.</summary>
    public int? NumberOfCodes { get; init; }

    /// <summary>The text that each code starts with, or null.</summary>
    public string? CodePrefix { get; init; }

    /// <summary>The number of generated characters, 8 to 16; null for the API's default of 8.</summary>
    public int? CodeLength { get; init; }

    /// <summary>How often each code can be used; null for unlimited, 0 for never.</summary>
    public int? MaxUsesPerCode { get; init; }

    /// <summary>What counts as one use (<see cref="ConsumeUnits"/>); null for the API's default.</summary>
    public string? ConsumeUnit { get; init; }

    /// <summary>The kind of its promotion, which decides the consume units; null while the promotion is not known.</summary>
    public PromotionKind? Kind { get; init; }

    /// <summary>An export of all codes of a promotion.</summary>
    public static NewJob Export(string? name = null) => new() { JobType = JobTypes.Export, Name = name };

    /// <summary>Throws if the API would reject the job, so that nothing has to be sent to find out.</summary>
    /// <exception cref="EpPromoException">A value is outside the API's limits.</exception>
    public void Validate()
    {
        if (Name is { } name && (InvisibleCharacter.FindFirst(name) ?? LengthProblem(name)) is { } problem)
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadJobName), problem, MaxNameLength);
        }

        if (JobType == JobTypes.Export)
        {
            return;
        }

        if (NumberOfCodes is not (>= 1 and <= MaxNumberOfCodes))
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadNumberOfCodes), NumberOfCodes ?? 0, MaxNumberOfCodes);
        }

        if (CodeLength is < MinCodeLength or > MaxCodeLength)
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadCodeLength), CodeLength, MinCodeLength, MaxCodeLength);
        }

        if (MaxUsesPerCode < 0)
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadMaxUsesPerCode), MaxUsesPerCode);
        }

        PromotionKind[] kinds = Kind is { } known ? [known] : [PromotionKind.Rule, PromotionKind.Standard];
        if (ConsumeUnit is { } unit && !kinds.Any(kind => ConsumeUnits.Of(kind).Contains(unit)))
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadConsumeUnit), unit, kinds[0], string.Join(" or ", ConsumeUnits.Of(kinds[0])));
        }

        if (CodePrefix is { } prefix && InvisibleCharacter.FindFirst(prefix) is { } invisible)
        {
            throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadCodePrefix), invisible);
        }
    }

    private static string? LengthProblem(string name) =>
        name.Trim().Length == 0 ? SR.DetailOnlyWhiteSpace
        : name.Length > MaxNameLength ? QuantityText.Of(name.Length, "character")
        : null;
}
