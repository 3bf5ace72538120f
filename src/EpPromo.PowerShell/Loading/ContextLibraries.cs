using System.Reflection;

namespace EpPromo.PowerShell.Loading;

/// <summary>
/// Which file PowerShell 7 loads for a private assembly. Of an assembly that the runtime has as well, the newer one is used: most such
/// assemblies are in <c>lib/</c> for Windows PowerShell only. Where <c>lib/net6.0/</c> has a build of an assembly for .NET 6 and later, it
/// is loaded in place of the one for .NET Standard.
/// </summary>
internal static class ContextLibraries
{
    private static readonly LibraryFolder s_newerLibraries = new(Path.Combine(LibraryResolver.Libraries.Path, "net6.0"));

    private static readonly string s_runtimeFolder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <summary>The file of an assembly; null for one that comes from the session.</summary>
    public static string? FindFile(AssemblyName assembly) =>
        (Environment.Version.Major >= 6 ? s_newerLibraries.FindFile(assembly) : null)
        ?? LibraryResolver.Libraries.FindFile(assembly, VersionInRuntime(assembly));

    /// <summary>
    /// The version that the runtime has, or null. Only for System.*: in the folder of PowerShell's runtime are also the third-party
    /// assemblies that PowerShell itself uses, and those must not be shared.
    /// </summary>
    private static Version? VersionInRuntime(AssemblyName assembly) =>
        assembly.Name.StartsWith("System.", StringComparison.Ordinal)
            ? LibraryFolder.VersionOf(Path.Combine(s_runtimeFolder, assembly.Name + ".dll"))
            : null;
}
