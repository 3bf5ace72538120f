using System.Reflection;
using Mono.Cecil;

namespace EpPromo.UnitTests.Framework;

/// <summary>
/// The assemblies that Windows PowerShell 5.1 loads from the module as it is laid out, and what their references resolve to there: each
/// other, the reference assemblies of .NET Framework 4.7.2, and the engine's public surface.
/// </summary>
internal sealed class FrameworkAssemblies : BaseAssemblyResolver
{
    private readonly Dictionary<string, AssemblyDefinition> _byName = new(StringComparer.OrdinalIgnoreCase);

    public FrameworkAssemblies()
    {
        string module = Path.GetDirectoryName(Setting("Manifest"))!;
        Shipped = [.. FilesIn(module).Concat(FilesIn(Path.Combine(module, "lib"))).Select(Read)];
        foreach (AssemblyDefinition assembly in Shipped)
        {
            _byName.Add(assembly.Name.Name, assembly);
        }
    }

    /// <summary>The assemblies of the module, without those in folders that only PowerShell 7 reads.</summary>
    public IReadOnlyList<AssemblyDefinition> Shipped { get; }

    /// <summary>The shipped assembly of a name, or null.</summary>
    public AssemblyDefinition? FindShipped(string name) => Shipped.FirstOrDefault(assembly => assembly.Name.Name == name);

    /// <inheritdoc/>
    public override AssemblyDefinition Resolve(AssemblyNameReference name)
    {
        if (!_byName.TryGetValue(name.Name, out AssemblyDefinition? assembly))
        {
            string[] folders = [Setting("FrameworkReferences"), Path.Combine(Setting("FrameworkReferences"), "Facades"), Setting("EngineReferences")];
            string? file = folders.Select(folder => Path.Combine(folder, name.Name + ".dll")).FirstOrDefault(File.Exists);
            _byName[name.Name] = assembly = file is null ? throw new AssemblyResolutionException(name) : Read(file);
        }

        return assembly;
    }

    private AssemblyDefinition Read(string file) =>
        AssemblyDefinition.ReadAssembly(file, new ReaderParameters { AssemblyResolver = this });

    private static IEnumerable<string> FilesIn(string folder) => Directory.EnumerateFiles(folder, "*.dll").Order(StringComparer.Ordinal);

    private static string Setting(string key) =>
        typeof(FrameworkAssemblies).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == key).Value!;
}
