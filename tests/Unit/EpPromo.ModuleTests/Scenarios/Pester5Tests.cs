namespace EpPromo.ModuleTests.Scenarios;

/// <summary>Pester 5.</summary>
public sealed class Pester5Tests() : PesterTests("5.7.1");
