namespace EpPromo.Sandbox;

/// <summary>One promotion code (contract section 6).</summary>
/// <param name="Id">The code's id.</param>
/// <param name="Code">The code as shoppers type it, in any case.</param>
/// <param name="Terms">What the code allows, shared by all codes of a job.</param>
/// <param name="JobId">The job that made it; null when it was added by itself.</param>
/// <param name="CreatedAt">When it was created, by the server's clock.</param>
public sealed record SandboxCode(Guid Id, string Code, CodeTerms Terms, string? JobId, DateTimeOffset CreatedAt);
