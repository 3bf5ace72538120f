namespace EpPromo.ModuleTests.Engine;

/// <summary>
/// The collection of tests that depend on the clock: they measure how long a stop takes, or expect progress bars, which are shown every
/// quarter of a second. They run alone, after all others.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class NonParallelTests
{
    public const string Name = "Non-parallel";
}
