using System.Reflection;

namespace EpPromo.PowerShell.Loading;

/// <summary>A folder of assemblies, some of which the runtime brings along as well: the newer version is used.</summary>
internal sealed class LibraryFolder
{
    /// <param name="path">The folder.</param>
    public LibraryFolder(string path) => Path = path;

    /// <summary>Where the folder is.</summary>
    public string Path { get; }

    /// <summary>The version of the assembly in a file; null when the file does not exist.</summary>
    public static Version? VersionOf(string file) => File.Exists(file) ? AssemblyName.GetAssemblyName(file).Version : null;

    /// <summary>
    /// Finds the file of an assembly. Null when the folder has none, or when <paramref name="alternative"/> is the same version or newer.
    /// </summary>
    /// <param name="assembly">The assembly's name; a version in it does not matter.</param>
    /// <param name="alternative">The version that is used otherwise, or null for none.</param>
    public string? FindFile(AssemblyName assembly, Version? alternative = null)
    {
        string file = System.IO.Path.Combine(Path, assembly.Name + ".dll");
        return VersionOf(file) is { } version && (alternative is null || version > alternative) ? file : null;
    }
}
