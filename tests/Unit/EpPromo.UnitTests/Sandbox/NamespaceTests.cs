using EpPromo.Sandbox;

namespace EpPromo.UnitTests.Sandbox;

/// <summary>The namespaces of the sandbox: what tests and tools use is in one, the rest is in that of its folder.</summary>
public sealed class NamespaceTests
{
    private const string Root = "EpPromo.Sandbox";

    [Fact]
    public void Exactly_the_public_types_are_in_the_root_namespace()
    {
        IEnumerable<Type> types = typeof(SandboxServer).Assembly.GetTypes()
            .Where(type => !type.IsNested && type.Namespace?.StartsWith(Root, StringComparison.Ordinal) == true);

        Assert.All(types, type => Assert.True(type.IsPublic == (type.Namespace == Root), type.FullName));
    }
}
