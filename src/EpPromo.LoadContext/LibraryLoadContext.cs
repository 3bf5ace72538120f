using System.Reflection;
using System.Runtime.Loader;

namespace EpPromo.LoadContext;

/// <summary>The load context of the private libraries (<see cref="PrivateLibraries.Register"/>).</summary>
internal sealed class LibraryLoadContext : AssemblyLoadContext
{
    private readonly Func<AssemblyName, Assembly?> _findShared;
    private readonly Func<AssemblyName, string?> _findFile;

    public LibraryLoadContext(Func<AssemblyName, Assembly?> findShared, Func<AssemblyName, string?> findFile)
    {
        _findShared = findShared;
        _findFile = findFile;
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        _findShared(assemblyName) ?? (_findFile(assemblyName) is { } file ? LoadFromAssemblyPath(file) : null);
}
