namespace EpPromo.Sandbox;

/// <summary>What a job is to do (contract section 5); properties are null if they were not sent.</summary>
public sealed record JobSpec
{
    /// <summary>The type of a job that generates codes.</summary>
    public const string Generate = "code_generate";

    /// <summary>The type of a job that writes a promotion's codes to a file.</summary>
    public const string Export = "code_export";

    /// <summary>The number of generated characters of a code if the request does not say.</summary>
    public const int DefaultCodeLength = 8;

    /// <summary><see cref="Generate"/> or <see cref="Export"/>.</summary>
    public required string JobType { get; init; }

    /// <summary>The job's name.</summary>
    public string? Name { get; init; }

    /// <summary>The number of codes to generate, 1 to 1000; null for an export.</summary>
    public int? NumberOfCodes { get; init; }

    /// <summary>The maximum number of uses of a code; null means unlimited, 0 means that it cannot be used.</summary>
    public int? MaxUsesPerCode { get; init; }

    /// <summary>per_application or per_checkout (the default); for Promotions Standard per_item or per_cart.</summary>
    public string? ConsumeUnit { get; init; }

    /// <summary>The text that every code starts with.</summary>
    public string? CodePrefix { get; init; }

    /// <summary>The number of generated characters of a code, 8 (the default) to 16.</summary>
    public int? CodeLength { get; init; }

    /// <summary>Whether the job generates codes.</summary>
    public bool Generates => JobType == Generate;
}
