using System.Reflection;

namespace EpPromo.ModuleTests.Engine;

/// <summary>Where the programs lie that tests start: the project file writes it into this assembly.</summary>
internal static class BuildPaths
{
    /// <summary>The folder of NuGet's packages.</summary>
    public static string PackageFolder { get; } = Read("PackageFolder");

    /// <summary>The .NET tool pwsh.</summary>
    public static string Pwsh { get; } = Read("Pwsh");

    /// <summary>The quickstart.</summary>
    public static string Quickstart { get; } = Read("Quickstart");

    private static string Read(string key) =>
        typeof(BuildPaths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == key).Value!;
}
