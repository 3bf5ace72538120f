using System.Reflection;
using System.Runtime.Loader;

namespace EpPromo.PowerShell.Loading;

/// <summary>
/// The load context of the assemblies in <c>lib/</c>. Other assemblies come from the session. Of an assembly that the runtime has as well,
/// the newer one is loaded: most such assemblies are in <c>lib/</c> for Windows PowerShell only.
/// </summary>
internal sealed class LibraryLoadContext : AssemblyLoadContext
{
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
        : LibraryResolver.Libraries.FindFile(assemblyName, VersionInRuntime(assemblyName)) is { } file ? LoadFromAssemblyPath(file)
        : null;

    /// <summary>
    /// The version that the runtime has, or null. Only for System.*: in the folder of PowerShell's runtime are also the third-party
    /// assemblies that PowerShell itself uses, and those must not be shared.
    /// </summary>
    private static Version? VersionInRuntime(AssemblyName assembly) =>
        assembly.Name.StartsWith("System.", StringComparison.Ordinal)
            ? LibraryFolder.VersionOf(Path.Combine(s_runtimeFolder, assembly.Name + ".dll"))
            : null;
}
