using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EpPromo.PowerShell.Loading;

/// <summary>
/// Lets <c>EpPromo.Http</c> and the third-party assemblies below it be found in <c>lib/</c> without disturbing the versions that
/// the session itself may hold (docs/architecture.md).
/// </summary>
internal static class LibraryResolver
{
    private static int s_registered;

    /// <summary>The folder of the private libraries.</summary>
    public static string Folder { get; } =
        Path.Combine(Path.GetDirectoryName(typeof(LibraryResolver).Assembly.Location)!, "lib");

    /// <summary>The only private assembly that is asked for from outside.</summary>
    public const string EntryAssembly = "EpPromo.Http";

    /// <summary>Registers once a process; a module imported again finds it done.</summary>
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

    /// <summary>The file of an assembly in <c>lib/</c>, or null when there is none, or none that is newer.</summary>
    /// <param name="name">The assembly.</param>
    /// <param name="other">The version that would be used instead, or null for none.</param>
    public static string? FileOf(AssemblyName name, Version? other = null)
    {
        string file = Path.Combine(Folder, name.Name + ".dll");
        return VersionOf(file) is { } version && (other is null || version > other) ? file : null;
    }

    /// <summary>The version of the assembly in a file, or null when there is no such file.</summary>
    public static Version? VersionOf(string file) => File.Exists(file) ? AssemblyName.GetAssemblyName(file).Version : null;

    // Its own method, so that .NET Framework never meets AssemblyLoadContext.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RegisterLoadContext() => LibraryLoadContext.Register();

    /// <summary>Windows PowerShell has no load contexts: only what <c>lib/</c> asks for, or its entry, is served from there.</summary>
    private static Assembly? ResolveOnFramework(object sender, ResolveEventArgs args)
    {
        AssemblyName name = new(args.Name);
        bool asksFromLibrary = args.RequestingAssembly?.Location is { Length: > 0 } location
            && location.StartsWith(Folder, StringComparison.OrdinalIgnoreCase);
        if (asksFromLibrary && name.Name == typeof(PromotionJob).Assembly.GetName().Name)
        {
            // The domain lies beside the module and is shared: its types must exist once.
            return typeof(PromotionJob).Assembly;
        }

        if (!asksFromLibrary && name.Name != EntryAssembly)
        {
            return null;
        }

        // A newer one of the framework's own serves whoever asks for an older one.
        Assembly? shared = AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(
            loaded => loaded.GlobalAssemblyCache && loaded.GetName().Name == name.Name && loaded.GetName().Version >= name.Version);
        return FileOf(name, shared?.GetName().Version) is { } file ? Assembly.LoadFrom(file) : shared;
    }
}
