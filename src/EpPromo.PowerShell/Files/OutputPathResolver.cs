using System.Management.Automation;

namespace EpPromo.PowerShell.Files;

/// <summary>The -Path of a command: a file, or a folder in which each promotion gets a file.</summary>
internal sealed class OutputPathResolver
{
    private readonly PathIntrinsics _session;
    private readonly bool _isForAll;

    /// <summary>The -Path of a command.</summary>
    /// <param name="path">Its value before there is input; null or empty if each input has a path of its own, or if there is none.</param>
    /// <param name="session">Resolves paths.</param>
    public OutputPathResolver(string? path, PathIntrinsics session)
    {
        _isForAll = !string.IsNullOrEmpty(path);
        _session = session;
    }

    /// <summary>Where the codes of a promotion are written; null if nothing is exported.</summary>
    /// <param name="promotionId">The promotion, validated: its file in a folder is named after it.</param>
    /// <param name="path">The value of -Path for this input.</param>
    /// <exception cref="EpPromoException">
    /// The path is not in the file system, or a file where a folder is expected, or a name in it is empty.
    /// </exception>
    public OutputPath? For(string promotionId, string? path)
    {
        if (string.IsNullOrEmpty(path))
        {
            return null;
        }

        try
        {
            string full = Resolve(path!);
            bool isFile = IsFile(path!, full);
            string file = LinkTarget.Of(isFile ? full : FileInFolder(full, promotionId));
            return new OutputPath(file, IsShared: isFile && _isForAll, CreatesFolder: MeansFolder(path!));
        }
        catch (Exception e) when (e is SessionStateException or NotSupportedException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            // For example a name with a colon, which looks like a drive, or links that form a cycle.
            throw new EpPromoException(e, ErrorKind.File, nameof(SR.BadPath), path, e.Message);
        }
    }

    private string Resolve(string path)
    {
        string full = _session.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        if (provider.Name != "FileSystem")
        {
            throw new EpPromoException(ErrorKind.File, nameof(SR.PathNotFileSystem), path);
        }

        FileNames.Check(full);
        bool hasEmptyFolder = !_isForAll && FileNames.HasEmptyFolder(path);
        return hasEmptyFolder || (IsFile(path, full) && FileNames.IsEmpty(Path.GetFileNameWithoutExtension(full)))
            ? throw new EpPromoException(ErrorKind.File, nameof(SR.EmptyFileName), path)
            : full;
    }

    private static string FileInFolder(string folder, string promotionId) => File.Exists(folder.TrimEnd('/', '\\'))
        ? throw new EpPromoException(ErrorKind.File, nameof(SR.NotAFolder), folder)
        : Path.Combine(folder, promotionId + "_codes.csv");

    private static bool IsFile(string path, string full) => !MeansFolder(path) && !Directory.Exists(full);

    /// <summary>
    /// Whether the text itself means a folder: it ends in a separator, or has no extension. Such a folder is created if it is missing.
    /// </summary>
    private static bool MeansFolder(string path) =>
        path.EndsWith("/", StringComparison.Ordinal) || path.EndsWith("\\", StringComparison.Ordinal)
        || Path.GetExtension(path).Length == 0 || Path.GetFileName(path) is "." or "..";
}
