namespace EpPromo.Sandbox.Jobs;

/// <summary>The outcome that a fault forces on the job that a request creates.</summary>
/// <param name="Fails">Whether the job fails instead of completing.</param>
/// <param name="Codes">How many codes it makes before it ends.</param>
internal sealed record ForcedJobOutcome(bool Fails, int Codes);
