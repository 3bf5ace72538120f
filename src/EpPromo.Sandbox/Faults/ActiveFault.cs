namespace EpPromo.Sandbox;

/// <summary>An active fault rule and its counts.</summary>
/// <param name="Id">The id, to remove the rule by.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Matched">How many requests matched its endpoint, method and path.</param>
/// <param name="Triggered">How many of those requests triggered the fault.</param>
public sealed record ActiveFault(int Id, FaultRule Rule, int Matched, int Triggered);
