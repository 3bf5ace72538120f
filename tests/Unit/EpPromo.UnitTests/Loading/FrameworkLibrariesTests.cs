using System.Reflection;
using System.Reflection.Emit;
using EpPromo.PowerShell.Loading;

namespace EpPromo.UnitTests.Loading;

/// <summary>What the module loads on Windows PowerShell, and for whom.</summary>
public sealed class FrameworkLibrariesTests : IDisposable
{
    private static readonly AssemblyName s_shared = typeof(FrameworkLibrariesTests).Assembly.GetName();

    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;
    private readonly FrameworkLibraries _libraries;

    public FrameworkLibrariesTests()
    {
        Write("Some.Entry");
        Write("Some.Library");
        _libraries = new FrameworkLibraries(new LibraryFolder(_folder), "Some.Entry", typeof(FrameworkLibrariesTests).Assembly);
    }

    [Fact]
    public void The_entry_assembly_is_loaded_for_whoever_asks()
    {
        Assembly? entry = _libraries.Resolve(new AssemblyName("Some.Entry"), requesting: null);

        Assert.Equal(Path.Combine(_folder, "Some.Entry.dll"), entry?.Location);
        Assert.Same(entry, _libraries.Resolve(new AssemblyName("Some.Entry"), typeof(object).Assembly));
    }

    [Fact]
    public void What_a_private_assembly_refers_to_is_loaded_once_whatever_version_is_asked_for()
    {
        Assembly entry = LoadEntry();

        Assembly? library = _libraries.Resolve(new AssemblyName("Some.Library, Version=6.0.0.0"), entry);

        Assert.Equal(Path.Combine(_folder, "Some.Library.dll"), library?.Location);
        Assert.Same(library, _libraries.Resolve(new AssemblyName("Some.Library, Version=8.0.0.0"), library));
    }

    [Fact]
    public void The_domain_is_the_one_of_the_session() =>
        Assert.Same(typeof(FrameworkLibrariesTests).Assembly, _libraries.Resolve(s_shared, LoadEntry()));

    [Fact]
    public void What_has_no_file_is_left_to_others() => Assert.Null(_libraries.Resolve(new AssemblyName("Other.Library"), LoadEntry()));

    /// <summary>Another module that misses a library of the same name must not get ours.</summary>
    [Fact]
    public void What_others_ask_for_is_left_to_others()
    {
        LoadEntry();

        Assert.Null(_libraries.Resolve(new AssemblyName("Some.Library"), typeof(object).Assembly));
        Assert.Null(_libraries.Resolve(s_shared, typeof(object).Assembly));
        Assert.Null(_libraries.Resolve(new AssemblyName("Some.Library"), requesting: null));
    }

    /// <summary>A PowerShell class is in such an assembly. An exception here would break whatever the session is loading.</summary>
    [Fact]
    public void A_request_from_an_assembly_without_a_location_is_left_to_others() =>
        Assert.Null(_libraries.Resolve(new AssemblyName("Some.Library"), new AssemblyInMemory()));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Assembly LoadEntry() => _libraries.Resolve(new AssemblyName("Some.Entry"), requesting: null)!;

    private void Write(string name)
    {
        PersistedAssemblyBuilder builder = new(new AssemblyName(name) { Version = new(8, 0, 0, 0) }, typeof(object).Assembly);
        builder.DefineDynamicModule(name);
        builder.Save(Path.Combine(_folder, name + ".dll"));
    }

    /// <summary>As a dynamic assembly of .NET Framework.</summary>
    private sealed class AssemblyInMemory : Assembly
    {
        public override string Location => throw new NotSupportedException("The invoked member is not supported in a dynamic assembly.");
    }
}
