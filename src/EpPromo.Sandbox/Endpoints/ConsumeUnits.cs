namespace EpPromo.Sandbox.Endpoints;

/// <summary>What a code is used up by (contract section 5).</summary>
internal static class ConsumeUnits
{
    public const string PerApplication = "per_application";

    public static readonly string[] All = [PerApplication, CodeTerms.DefaultConsumeUnit];
}
