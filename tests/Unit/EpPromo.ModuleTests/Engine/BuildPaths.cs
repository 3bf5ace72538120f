using System.Reflection;

namespace EpPromo.ModuleTests.Engine;

/// <summary>The paths of the programs that tests start. The project file writes them into this assembly.</summary>
internal static class BuildPaths
{
    /// <summary>The assembly of bench/EpPromo.Bench.</summary>
    public static string Bench { get; } = Read("Bench");

    /// <summary>The assembly of the .NET tool pwsh.</summary>
    public static string Pwsh { get; } = Read("Pwsh");

    /// <summary>The assembly of samples/Quickstart.</summary>
    public static string Quickstart { get; } = Read("Quickstart");

    private static string Read(string key) =>
        typeof(BuildPaths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == key).Value!;
}
