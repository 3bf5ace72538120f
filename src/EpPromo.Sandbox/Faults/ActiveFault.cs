namespace EpPromo.Sandbox;

/// <summary>A rule that is in force, and what it has done so far.</summary>
/// <param name="Id">By which it can be removed.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Matched">How many requests it was for.</param>
/// <param name="Triggered">How many of those it struck.</param>
public sealed record ActiveFault(int Id, FaultRule Rule, int Matched, int Triggered);
