namespace EpPromo;

/// <summary>What counts as one use of a code, in the API's words (api-contract.md section 5).</summary>
public static class ConsumeUnits
{
    /// <summary>Each application of the promotion is a use.</summary>
    public const string PerApplication = "per_application";

    /// <summary>Each checkout is a use; the API's default.</summary>
    public const string PerCheckout = "per_checkout";
}
