using System.Reflection;
using System.Reflection.Emit;
using EpPromo.PowerShell.Loading;

namespace EpPromo.UnitTests.Loading;

/// <summary>Which of two versions of an assembly is used.</summary>
public sealed class LibraryFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    [Theory]
    [InlineData("8.0.0.0", null, true)]
    [InlineData("8.0.0.0", "4.2.0.1", true)]
    [InlineData("8.0.0.0", "7.99.99.99", true)]
    [InlineData("8.0.0.0", "8.0.0.0", false)]
    [InlineData("8.0.0.0", "8.0.0.1", false)]
    [InlineData("8.0.0.0", "10.0.0.0", false)]
    [InlineData("8.0.0.5", "8.0.0.0", true)]
    [InlineData("4.2.0.1", "4.2.1.0", false)]
    public void The_file_is_used_when_it_is_newer(string version, string? alternative, bool isUsed)
    {
        string file = Write(Version.Parse(version));

        string? found = new LibraryFolder(_folder).FindFile(new AssemblyName("Some.Library"), alternative is null ? null : Version.Parse(alternative));

        Assert.Equal(isUsed ? file : null, found);
    }

    [Fact]
    public void A_version_in_the_name_does_not_matter()
    {
        string file = Write(new(8, 0, 0, 0));

        Assert.Equal(file, new LibraryFolder(_folder).FindFile(new AssemblyName("Some.Library, Version=10.0.0.0, Culture=neutral, PublicKeyToken=null")));
    }

    [Fact]
    public void An_assembly_without_a_file_is_not_found()
    {
        Assert.Null(new LibraryFolder(_folder).FindFile(new AssemblyName("Some.Library")));
        Assert.Null(LibraryFolder.VersionOf(Path.Combine(_folder, "Some.Library.dll")));
    }

    [Fact]
    public void A_file_has_the_version_of_its_assembly() =>
        Assert.Equal(new(4, 2, 0, 1), LibraryFolder.VersionOf(Write(new(4, 2, 0, 1))));

    private string Write(Version version)
    {
        PersistedAssemblyBuilder builder = new(new AssemblyName("Some.Library") { Version = version }, typeof(object).Assembly);
        builder.DefineDynamicModule("Some.Library");
        string file = Path.Combine(_folder, "Some.Library.dll");
        builder.Save(file);
        return file;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
