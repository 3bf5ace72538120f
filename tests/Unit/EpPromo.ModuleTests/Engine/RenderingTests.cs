namespace EpPromo.ModuleTests.Engine;

/// <summary>
/// The collection of tests that set $PSStyle.OutputRendering, or whose expected text depends on it: all runspaces of a process share it. They run
/// one after another, beside others, and leave it as they found it.
/// </summary>
[CollectionDefinition(Name)]
public static class RenderingTests
{
    public const string Name = "Rendering";
}
