using System.Reflection;
using System.Runtime.Loader;

namespace EpPromo.PowerShell.Loading;

/// <summary>
/// The load context of <c>lib/</c>: what lies there is loaded from there, all else from the session. Of what the runtime has as well, the
/// newer one is taken: most of it lies there for Windows PowerShell only.
/// </summary>
internal sealed class LibraryLoadContext : AssemblyLoadContext
{
    private static readonly string s_frameworkFolder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <summary>Answers the session's request for the entry assembly from a context of its own.</summary>
    public static void Register()
    {
        LibraryLoadContext context = new();

        // Not when the file is gone: the context would ask the session, which asks here, until the stack is full.
        Default.Resolving += (_, name) =>
            name.Name == LibraryResolver.EntryAssembly && LibraryResolver.FileOf(name) is not null ? context.LoadFromAssemblyName(name) : null;
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // The domain lies beside the module and is shared: its types must exist once.
        if (assemblyName.Name == typeof(PromotionJob).Assembly.GetName().Name)
        {
            return typeof(PromotionJob).Assembly;
        }

        return LibraryResolver.FileOf(assemblyName, VersionInRuntime(assemblyName)) is { } file ? LoadFromAssemblyPath(file) : null;
    }

    /// <summary>
    /// The version that this runtime brings along, or null. Only of System.*: PowerShell keeps its own Newtonsoft.Json in the same folder,
    /// and that one is not ours.
    /// </summary>
    private static Version? VersionInRuntime(AssemblyName name) =>
        name.Name.StartsWith("System.", StringComparison.Ordinal)
            ? LibraryResolver.VersionOf(Path.Combine(s_frameworkFolder, name.Name + ".dll"))
            : null;
}
