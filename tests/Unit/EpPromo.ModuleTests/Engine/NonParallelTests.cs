namespace EpPromo.ModuleTests.Engine;

/// <summary>The collection of tests that measure how long a stop takes: they run alone, after all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class NonParallelTests
{
    public const string Name = "Non-parallel";
}
