using System.Management.Automation;

namespace EpPromo.PowerShell.Files;

/// <summary>The -Path or -LiteralPath of a command: a file, or a folder in which each promotion, run or job gets a file.</summary>
internal sealed class OutputPathResolver
{
    private readonly PathIntrinsics _session;
    private readonly bool _isForAll;

    /// <summary>The path of a command.</summary>
    /// <param name="argument">Its value before there is input; empty if each input has a path of its own, or if there is none.</param>
    /// <param name="session">Resolves paths.</param>
    public OutputPathResolver(PathArgument argument, PathIntrinsics session)
    {
        _isForAll = !argument.IsEmpty;
        _session = session;
    }

    /// <summary>Where codes are written; null if nothing is exported.</summary>
    /// <param name="target">Whose codes they are: their file in a folder is named after it.</param>
    /// <param name="argument">The path for this input.</param>
    /// <exception cref="EpPromoException">
    /// The path is not in the file system, or a file where a folder is expected, or a name in it is empty, or it is a pattern that does not
    /// match exactly one file or folder, or the file has the extension of no format.
    /// </exception>
    public OutputPath? For(OutputTarget target, PathArgument argument)
    {
        if (argument.IsEmpty)
        {
            return null;
        }

        string path = argument.Text;
        try
        {
            string full = Resolve(argument);
            bool isFile = IsFile(path, full);
            string file = isFile ? full : FileInFolder(full, target);
            return new OutputPath(
                LinkTarget.Of(file), FileFormats.Of(file), target, IsShared: isFile && _isForAll, CreatesFolder: MeansFolder(path));
        }
        catch (Exception e) when (e is SessionStateException or NotSupportedException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            // For example a name with a colon, which looks like a drive, or links that form a cycle.
            throw new EpPromoException(e, ErrorKind.File, nameof(SR.BadPath), path, e.Message);
        }
    }

    private string Resolve(PathArgument argument)
    {
        string path = argument.Text;
        string full = argument.Resolve(_session);
        FileNames.Check(full);
        bool hasEmptyFolder = !_isForAll && FileNames.HasEmptyFolder(path);
        return hasEmptyFolder || (IsFile(path, full) && FileNames.IsEmpty(Path.GetFileNameWithoutExtension(full)))
            ? throw new EpPromoException(ErrorKind.File, nameof(SR.EmptyFileName), path)
            : full;
    }

    private static string FileInFolder(string folder, OutputTarget target) => File.Exists(folder.TrimEnd('/', '\\'))
        ? throw new EpPromoException(ErrorKind.File, nameof(SR.NotAFolder), folder)
        : Path.Combine(folder, DefaultFileName.Of(target));

    private static bool IsFile(string path, string full) => !MeansFolder(path) && !Directory.Exists(full);

    /// <summary>
    /// Whether the text itself means a folder: it ends in a separator, or has no extension. Such a folder is created if it is missing.
    /// </summary>
    private static bool MeansFolder(string path) =>
        path.EndsWith("/", StringComparison.Ordinal) || path.EndsWith("\\", StringComparison.Ordinal)
        || Path.GetExtension(path).Length == 0 || Path.GetFileName(path) is "." or "..";
}
