namespace EpPromo.Sandbox;

/// <summary>One use of a code (contract section 6). The contract names no more of its fields than these.</summary>
/// <param name="Id">The usage's id.</param>
/// <param name="CodeId">The id of the code that was used.</param>
/// <param name="Code">The code that was used.</param>
/// <param name="UsedOn">When it was used.</param>
/// <param name="ShopperName">Who used it; empty once anonymized.</param>
/// <param name="ShopperEmail">Their address; empty once anonymized.</param>
public sealed record SandboxUsage(Guid Id, Guid CodeId, string Code, DateTimeOffset UsedOn, string ShopperName, string ShopperEmail);
