namespace EpPromo.Sandbox;

/// <summary>A promotion code (contract section 6).</summary>
/// <param name="Id">The code's id.</param>
/// <param name="Code">The code as shoppers type it; case-insensitive.</param>
/// <param name="Terms">What the code allows; shared by all codes of a job.</param>
/// <param name="JobId">The job that made it; null if it was added as a single code.</param>
/// <param name="CreatedAt">When it was created, by the server's clock.</param>
public sealed record SandboxCode(Guid Id, string Code, CodeTerms Terms, string? JobId, DateTimeOffset CreatedAt);
