using System.Reflection;

namespace EpPromo.PowerShell.Loading;

/// <summary>
/// Loads the private assemblies on Windows PowerShell, which has no load contexts. It resolves only the entry assembly and what the
/// assemblies that it has loaded refer to, and loads each of them by its file: with <see cref="Assembly.LoadFrom(string)"/>, the runtime
/// would resolve references among them by itself, to what another module has loaded.
/// </summary>
internal sealed class FrameworkLibraries
{
    private readonly LibraryFolder _folder;
    private readonly string _entryAssembly;
    private readonly Assembly _shared;

    /// <summary>The assemblies that were loaded, by name. The lock of this object protects it.</summary>
    private readonly Dictionary<string, Assembly> _loaded = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="folder">The private assemblies.</param>
    /// <param name="entryAssembly">The name of the only private assembly that the session asks for.</param>
    /// <param name="shared">The assembly of the session that the private ones refer to.</param>
    public FrameworkLibraries(LibraryFolder folder, string entryAssembly, Assembly shared)
    {
        _folder = folder;
        _entryAssembly = entryAssembly;
        _shared = shared;
    }

    /// <summary>The assembly for a reference that the runtime cannot resolve; null if it is not for this folder to resolve.</summary>
    /// <param name="assembly">The name in the reference; its version does not matter.</param>
    /// <param name="requesting">The assembly that has the reference, of any kind; null if unknown.</param>
    public Assembly? Resolve(AssemblyName assembly, Assembly? requesting)
    {
        lock (_loaded)
        {
            // Not by the location of the requesting assembly: assemblies that exist only in memory, such as those of PowerShell classes, have none.
            bool isPrivate = requesting is not null && _loaded.ContainsValue(requesting);
            return isPrivate && assembly.Name == _shared.GetName().Name ? _shared
                : isPrivate || assembly.Name == _entryAssembly ? Load(assembly)
                : null;
        }
    }

    private Assembly? Load(AssemblyName assembly)
    {
        if (!_loaded.TryGetValue(assembly.Name!, out Assembly? loaded) && _folder.FindFile(assembly) is { } file)
        {
            _loaded[assembly.Name!] = loaded = Assembly.LoadFile(file);
        }

        return loaded;
    }
}
