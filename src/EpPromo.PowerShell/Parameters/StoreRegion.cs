namespace EpPromo.PowerShell;

/// <summary>The regions of Elastic Path's own cloud (api-contract.md section 1).</summary>
public enum StoreRegion
{
    /// <summary>useast.api.elasticpath.com.</summary>
    USEast,

    /// <summary>euwest.api.elasticpath.com.</summary>
    EUWest,
}
