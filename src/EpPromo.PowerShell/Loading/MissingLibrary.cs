using System.Reflection;

namespace EpPromo.PowerShell.Loading;

/// <summary>
/// Recognizes that a file of the module is missing, because the module was removed or updated while a session uses it, or that Windows has
/// blocked it. Assemblies are loaded on first use, so any call can fail with this.
/// </summary>
internal static class MissingLibrary
{
    /// <summary>The error that explains <paramref name="e"/>; null when the cause is something else.</summary>
    public static EpPromoException? Explain(Exception e)
    {
        string? module = Path.GetDirectoryName(LibraryResolver.Libraries.Path);
        for (Exception? cause = e; cause is not null; cause = cause.InnerException)
        {
            if (BlockedFile.Is(cause))
            {
                return new EpPromoException(cause, ErrorKind.File, nameof(SR.ModuleFilesBlocked), module);
            }

            if (AssemblyNameOf(cause) is { } assembly && LibraryResolver.Libraries.FindFile(assembly) is null)
            {
                return new EpPromoException(cause, ErrorKind.File, nameof(SR.ModuleFilesGone), module, assembly.Name);
            }
        }

        return null;
    }

    /// <summary>
    /// The assembly that could not be loaded, or null. The same exceptions are thrown for ordinary files, with a path in place of the full
    /// name.
    /// </summary>
    private static AssemblyName? AssemblyNameOf(Exception e) => e switch
    {
        FileNotFoundException { FileName: { } missing } when IsFullName(missing) => new AssemblyName(missing),
        FileLoadException { FileName: { } rejected } when IsFullName(rejected) => new AssemblyName(rejected),
        _ => null,
    };

    private static bool IsFullName(string fileName) => fileName.Contains(", Version=");
}
