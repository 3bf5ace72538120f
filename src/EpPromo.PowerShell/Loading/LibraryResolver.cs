using System.Reflection;
using System.Runtime.CompilerServices;
using EpPromo.LoadContext;

namespace EpPromo.PowerShell.Loading;

/// <summary>
/// Loads <c>EpPromo.Http</c> and the third-party assemblies that it uses from <c>lib/</c>, without affecting the versions that the session
/// has loaded (docs/architecture.md).
/// </summary>
internal static class LibraryResolver
{
    /// <summary>The only private assembly that code outside <c>lib/</c> refers to.</summary>
    private const string EntryAssembly = "EpPromo.Http";

    private static int s_registered;

    /// <summary>The folder of the private assemblies.</summary>
    public static LibraryFolder Libraries { get; } =
        new(Path.Combine(Path.GetDirectoryName(typeof(LibraryResolver).Assembly.Location)!, "lib"));

    /// <summary>The domain. It is in the module's folder and shared with the session, because its types must exist only once.</summary>
    private static Assembly Domain => typeof(PromotionJob).Assembly;

    /// <summary>Registers the resolver once for the process, however often the module is imported.</summary>
    public static void Register()
    {
        if (Interlocked.Exchange(ref s_registered, 1) == 1)
        {
            return;
        }

        if (typeof(object).Assembly.GetType("System.Runtime.Loader.AssemblyLoadContext") is not null)
        {
            RegisterLoadContext();
        }
        else
        {
            FrameworkLibraries libraries = new(Libraries, EntryAssembly, Domain);
            AppDomain.CurrentDomain.AssemblyResolve += (_, args) => libraries.Resolve(new AssemblyName(args.Name), args.RequestingAssembly);
        }
    }

    // In a method of its own, so that .NET Framework never has to load its assembly.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RegisterLoadContext() => PrivateLibraries.Register(
        EntryAssembly, name => name.Name == Domain.GetName().Name ? Domain : null, ContextLibraries.FindFile);
}
