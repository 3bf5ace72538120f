using System.Reflection;

namespace EpPromo.PowerShell.Loading;

/// <summary>
/// Knows a failure to load an assembly that the module has brought along: its files were removed or replaced while a session has it
/// imported. They are loaded when they are first needed, so this can come up in any call.
/// </summary>
internal static class MissingLibrary
{
    /// <summary>The error to show for <paramref name="e"/>, or null when it is something else.</summary>
    public static EpPromoException? Explain(Exception e)
    {
        for (Exception? at = e; at is not null; at = at.InnerException)
        {
            if (FileNameOf(at) is { } name && IsGone(name))
            {
                return new EpPromoException(at, ErrorKind.File, nameof(SR.ModuleFilesGone), Path.GetDirectoryName(LibraryResolver.Folder), name);
            }
        }

        return null;
    }

    /// <summary>What could not be loaded. Both exceptions are also thrown for ordinary files, which have a path instead of a full name.</summary>
    private static string? FileNameOf(Exception e) => e switch
    {
        FileNotFoundException { FileName: { } missing } when missing.Contains(", Version=") => new AssemblyName(missing).Name,
        FileLoadException { FileName: { } refused } when refused.Contains(", Version=") => new AssemblyName(refused).Name,
        _ => null,
    };

    private static bool IsGone(string name) => LibraryResolver.FileOf(new AssemblyName(name)) is null;
}
