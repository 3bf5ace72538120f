using System.Management.Automation;

namespace EpPromo.PowerShell.Files;

/// <summary>The file of an export: -Path names a file or a folder.</summary>
internal static class ExportPath
{
    /// <summary>The full path of the file for a promotion, links followed.</summary>
    /// <param name="promotionId">The promotion, validated: its file in a folder is named after it.</param>
    /// <param name="path">The value of -Path.</param>
    /// <param name="isOwn">Whether the path belongs to this input alone, as the result of a script block does.</param>
    /// <param name="session">Resolves it.</param>
    /// <exception cref="EpPromoException">
    /// The path is not in the file system, or a file where a folder is expected, or a name in it is empty.
    /// </exception>
    public static string FileFor(string promotionId, string path, bool isOwn, PathIntrinsics session)
    {
        try
        {
            return LinkTarget.Of(Resolve(promotionId, path, isOwn, session));
        }
        catch (Exception e) when (e is SessionStateException or NotSupportedException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            // For example a name with a colon, which looks like a drive, or links that form a cycle.
            throw new EpPromoException(e, ErrorKind.File, nameof(SR.BadPath), path, e.Message);
        }
    }

    private static string Resolve(string promotionId, string path, bool isOwn, PathIntrinsics session)
    {
        string full = Full(path, session, out ProviderInfo provider);
        if (provider.Name != "FileSystem")
        {
            throw new EpPromoException(ErrorKind.File, nameof(SR.PathNotFileSystem), path);
        }

        FileNames.Check(full);
        bool isFile = IsFile(path, full);
        if ((isFile && FileNames.IsEmpty(Path.GetFileNameWithoutExtension(full))) || (isOwn && FileNames.HasEmptyFolder(path)))
        {
            throw new EpPromoException(ErrorKind.File, nameof(SR.EmptyFileName), path);
        }

        if (isFile)
        {
            return full;
        }

        return File.Exists(full.TrimEnd('/', '\\'))
            ? throw new EpPromoException(ErrorKind.File, nameof(SR.NotAFolder), full)
            : Path.Combine(full, promotionId + "_codes.csv");
    }

    /// <summary>Whether a path that <see cref="FileFor"/> accepts is a file: the same one for every promotion.</summary>
    public static bool MeansFile(string path, PathIntrinsics session) => IsFile(path, Full(path, session, out _));

    private static bool IsFile(string path, string full) => !IsFolder(path) && !Directory.Exists(full);

    private static string Full(string path, PathIntrinsics session, out ProviderInfo provider) =>
        session.GetUnresolvedProviderPathFromPSPath(path, out provider, out _);

    /// <summary>
    /// Whether the text itself means a folder: it ends in a separator, or has no extension. Such a folder is created if it is missing.
    /// </summary>
    public static bool IsFolder(string path) =>
        path.EndsWith("/", StringComparison.Ordinal) || path.EndsWith("\\", StringComparison.Ordinal)
        || Path.GetExtension(path).Length == 0 || Path.GetFileName(path) is "." or "..";
}
