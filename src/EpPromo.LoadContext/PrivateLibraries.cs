using System.Reflection;
using System.Runtime.Loader;

namespace EpPromo.LoadContext;

/// <summary>
/// Gives a session an assembly that loads its own libraries in a load context. This assembly is separate because only PowerShell 7 loads it:
/// .NET Framework has no load contexts, so there <see cref="Assembly.GetTypes"/> fails on an assembly with a class derived from one, and
/// completing the name of a type calls it for every assembly of the session.
/// </summary>
internal static class PrivateLibraries
{
    /// <summary>From now on, the session gets the entry assembly from a load context of its own.</summary>
    /// <param name="entryAssembly">The name of the only private assembly that the session asks for.</param>
    /// <param name="findShared">An assembly of the session that the private ones use as well; null for any other.</param>
    /// <param name="findFile">The file of a private assembly; null for an assembly that comes from the session.</param>
    public static void Register(string entryAssembly, Func<AssemblyName, Assembly?> findShared, Func<AssemblyName, string?> findFile)
    {
        LibraryLoadContext context = new(findShared, findFile);

        // Only while the file exists: otherwise the context would ask the session, which asks this handler again, until the stack overflows.
        AssemblyLoadContext.Default.Resolving += (_, name) =>
            name.Name == entryAssembly && findFile(name) is not null ? context.LoadFromAssemblyName(name) : null;
    }
}
