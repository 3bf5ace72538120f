using System.Management.Automation;

namespace EpPromo.PowerShell.Files;

/// <summary>The -Path or -LiteralPath of a command that writes one file, of a format that the extension says.</summary>
internal static class SingleFilePath
{
    /// <summary>The full path, links followed.</summary>
    /// <param name="argument">The path as the user gave it.</param>
    /// <param name="session">Resolves paths.</param>
    /// <param name="extensions">The extensions that the file can have.</param>
    /// <param name="errorId">The error for another extension, or for a folder.</param>
    /// <exception cref="EpPromoException">It is not in the file system, or not the path of such a file.</exception>
    public static string Resolve(PathArgument argument, PathIntrinsics session, string[] extensions, string errorId)
    {
        string path = argument.Text;
        try
        {
            string full = argument.Resolve(session);
            FileNames.Check(full);
            bool isFile = extensions.Contains(Path.GetExtension(full), StringComparer.OrdinalIgnoreCase) && !Directory.Exists(full);
            return !isFile ? throw new EpPromoException(ErrorKind.File, errorId, path)
                : FileNames.IsEmpty(Path.GetFileNameWithoutExtension(full)) ? throw new EpPromoException(ErrorKind.File, nameof(SR.EmptyFileName), path)
                : LinkTarget.Of(full);
        }
        catch (Exception e) when (e is SessionStateException or NotSupportedException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new EpPromoException(e, ErrorKind.File, nameof(SR.BadPath), path, e.Message);
        }
    }
}
