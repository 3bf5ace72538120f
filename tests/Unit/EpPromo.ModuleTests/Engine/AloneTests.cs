namespace EpPromo.ModuleTests;

/// <summary>Tests of the stop promise measure time, so they run alone, after all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class AloneTests
{
    public const string Name = "Alone";
}
