namespace EpPromo;

/// <summary>The kinds of job, in the API's words (api-contract.md section 5).</summary>
public static class JobTypes
{
    /// <summary>Makes new codes.</summary>
    public const string Generate = "code_generate";

    /// <summary>Writes all codes of a promotion to a CSV file.</summary>
    public const string Export = "code_export";

    /// <summary>The ones this version knows. Not a fixed set: the store may know more.</summary>
    public static IReadOnlyList<string> All { get; } = [Generate, Export];
}
