using System.Reflection;
using System.Runtime.Loader;

namespace EpPromo.PowerShell.Loading;

/// <summary>
/// The load context of the assemblies in <c>lib/</c>. Other assemblies come from the session. Of an assembly that the runtime has as well,
/// the newer one is loaded: most such assemblies are in <c>lib/</c> for Windows PowerShell only. Where <c>lib/net6.0/</c> has a build of an
/// assembly for .NET 6 and later, it is loaded in place of the one for .NET Standard.
/// </summary>
internal sealed class LibraryLoadContext : AssemblyLoadContext
{
    private static readonly LibraryFolder s_newerLibraries = new(Path.Combine(LibraryResolver.Libraries.Path, "net6.0"));

    private static readonly string s_runtimeFolder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <summary>From now on, the session gets the entry assembly from a context of this class.</summary>
    public static void Register()
    {
        LibraryLoadContext context = new();

        // Only while the file exists: otherwise the context would ask the session, which asks this handler again, until the stack overflows.
        Default.Resolving += (_, name) =>
            name.Name == LibraryResolver.EntryAssembly && LibraryResolver.Libraries.FindFile(name) is not null
                ? context.LoadFromAssemblyName(name)
                : null;
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        LibraryResolver.IsDomain(assemblyName) ? LibraryResolver.Domain
        : FindFile(assemblyName) is { } file ? LoadFromAssemblyPath(file)
        : null;

    private static string? FindFile(AssemblyName assembly) =>
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
