using System.Diagnostics;
using EpPromo.ModuleTests.Engine;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Packaging;

/// <summary>
/// The package, built as build.ps1 -Task Pack builds it, from two copies of the sources in different folders. The copies leave the Release
/// build of the repository, and its out/EpPromo, alone.
/// </summary>
public sealed class PackageBuild : IAsyncLifetime
{
    /// <summary>What the package is built from. Copied as it is, without what earlier builds have left in bin and obj.</summary>
    private static readonly string[] s_sources =
        ["src/EpPromo", "src/EpPromo.Http", "src/EpPromo.LoadContext", "src/EpPromo.PowerShell", "src/Polyfills", "src/Styles", "docs/images"];

    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(5);

    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    /// <summary>The package.</summary>
    public string First { get; private set; } = "";

    /// <summary>The package again, from the other folder, built later.</summary>
    public string Second { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        First = await PackAsync("one");
        Second = await PackAsync(Path.Combine("another", "folder"));
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<string> PackAsync(string name)
    {
        string copy = Path.Combine(_folder, name);
        foreach (string source in s_sources)
        {
            DirectoryCopy.Create(Path.Combine(RepositoryFolder.Root, source), Path.Combine(copy, source), "bin", "obj");
        }

        foreach (string file in Directory.EnumerateFiles(RepositoryFolder.Root))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        ProcessStartInfo start = new("dotnet", ["pack", "src/EpPromo.PowerShell", "--configuration", "Release", "--output", "package", "-nodeReuse:false"])
        {
            WorkingDirectory = copy,
        };

        // The time of the sources, for a tree that is no clone.
        start.Environment["SOURCE_DATE_EPOCH"] = "1764547200";

        // Each package has a compiler process of its own: what it does in the order of hash codes differs.
        start.Environment["UseSharedCompilation"] = "false";
        ProcessResult result = await TestProgram.RunAsync(start, s_deadline);
        Assert.True(result.ExitCode == 0, result.Text);
        return Assert.Single(Directory.GetFiles(Path.Combine(copy, "package"), "*.nupkg"));
    }
}
