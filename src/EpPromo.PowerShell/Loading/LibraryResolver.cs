using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EpPromo.PowerShell.Loading;

/// <summary>
/// Loads <c>EpPromo.Http</c> and the third-party assemblies that it uses from <c>lib/</c>, without affecting the versions that the session
/// has loaded (docs/architecture.md).
/// </summary>
internal static class LibraryResolver
{
    /// <summary>The only private assembly that code outside <c>lib/</c> refers to.</summary>
    public const string EntryAssembly = "EpPromo.Http";

    private static int s_registered;

    /// <summary>The folder of the private assemblies.</summary>
    public static LibraryFolder Libraries { get; } =
        new(Path.Combine(Path.GetDirectoryName(typeof(LibraryResolver).Assembly.Location)!, "lib"));

    /// <summary>The domain. It is in the module's folder and shared with the session, because its types must exist only once.</summary>
    public static Assembly Domain => typeof(PromotionJob).Assembly;

    /// <summary>Registers the resolver once for the process, however often the module is imported.</summary>
    public static void Register()
    {
        if (Interlocked.Exchange(ref s_registered, 1) == 1)
        {
            return;
        }

        if (RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal))
        {
            AppDomain.CurrentDomain.AssemblyResolve += ResolveOnFramework;
        }
        else
        {
            RegisterLoadContext();
        }
    }

    /// <summary>Whether <paramref name="assembly"/> is the name of the <see cref="Domain"/>.</summary>
    public static bool IsDomain(AssemblyName assembly) => assembly.Name == Domain.GetName().Name;

    // In a method of its own, so that .NET Framework never has to load AssemblyLoadContext.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RegisterLoadContext() => LibraryLoadContext.Register();

    /// <summary>
    /// Windows PowerShell has no load contexts: this resolves only the entry assembly and what assemblies in <c>lib/</c> ask for.
    /// </summary>
    private static Assembly? ResolveOnFramework(object sender, ResolveEventArgs args)
    {
        AssemblyName name = new(args.Name);
        bool isFromLibrary = args.RequestingAssembly?.Location is { Length: > 0 } location
            && location.StartsWith(Libraries.Path, StringComparison.OrdinalIgnoreCase);
        if (isFromLibrary && IsDomain(name))
        {
            return Domain;
        }

        if (!isFromLibrary && name.Name != EntryAssembly)
        {
            return null;
        }

        // An assembly of .NET Framework itself that is new enough, and not older than the one in lib/.
        Assembly? shared = AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(
            loaded => loaded.GlobalAssemblyCache && loaded.GetName().Name == name.Name && loaded.GetName().Version >= name.Version);
        return Libraries.FindFile(name, shared?.GetName().Version) is { } file ? Assembly.LoadFrom(file) : shared;
    }
}
