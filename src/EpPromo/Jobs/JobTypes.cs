namespace EpPromo;

/// <summary>The types of jobs, in the API's words (api-contract.md section 5).</summary>
public static class JobTypes
{
    /// <summary>Generates new codes.</summary>
    public const string Generate = "code_generate";

    /// <summary>Writes all codes of a promotion to a CSV file.</summary>
    public const string Export = "code_export";

    /// <summary>The types that this version knows. The store may have others.</summary>
    public static IReadOnlyList<string> All { get; } = [Generate, Export];
}
