namespace EpPromo.Sandbox;

/// <summary>What a job was asked to do (contract section 5); null where nothing was sent.</summary>
public sealed record JobSpec
{
    /// <summary>The type of a job that generates codes.</summary>
    public const string Generate = "code_generate";

    /// <summary>The type of a job that writes a promotion's codes to a file.</summary>
    public const string Export = "code_export";

    /// <summary>How many characters are generated where nothing else is asked for.</summary>
    public const int DefaultCodeLength = 8;

    /// <summary><see cref="Generate"/> or <see cref="Export"/>.</summary>
    public required string JobType { get; init; }

    /// <summary>The job's name.</summary>
    public string? Name { get; init; }

    /// <summary>How many codes to generate: 1 to 1000; null for an export.</summary>
    public int? NumberOfCodes { get; init; }

    /// <summary>How often a code can be used; null is without limit, 0 is not at all.</summary>
    public int? MaxUsesPerCode { get; init; }

    /// <summary>per_application or per_checkout (the default).</summary>
    public string? ConsumeUnit { get; init; }

    /// <summary>What every code starts with.</summary>
    public string? CodePrefix { get; init; }

    /// <summary>How many characters are generated for a code: 8 (the default) to 16.</summary>
    public int? CodeLength { get; init; }

    /// <summary>Whether the job generates codes.</summary>
    public bool Generates => JobType == Generate;
}
