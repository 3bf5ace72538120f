namespace EpPromo.ModuleTests.Scenarios;

/// <summary>Pester 6.</summary>
public sealed class Pester6Tests() : PesterTests("6.2.0");
