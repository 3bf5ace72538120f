namespace EpPromo.Sandbox.State;

/// <summary>What becomes of a job for reasons of its own: how many codes it makes, and whether it then fails.</summary>
internal sealed record JobFate(bool Fails, int Codes);
