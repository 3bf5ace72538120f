using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;

namespace EpPromo.ModuleTests;

/// <summary>Puts assemblies of other versions into the session, as another module would.</summary>
internal static class OtherVersions
{
    public static Assembly Load(string name, Version version)
    {
        PersistedAssemblyBuilder builder = new(new AssemblyName(name) { Version = version }, typeof(object).Assembly);
        builder.DefineDynamicModule(name);
        using MemoryStream image = new();
        builder.Save(image);
        image.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(image);
    }
}
