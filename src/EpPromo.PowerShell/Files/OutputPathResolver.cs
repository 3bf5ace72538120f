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

        return WithPathErrors(argument, () =>
        {
            string path = argument.Text;
            string full = Resolve(argument);
            bool isFile = IsFile(path, full);
            string file = isFile ? full : Path.Combine(CheckedFolder(full), DefaultFileName.Of(target));
            return new OutputPath(
                LinkTarget.Of(file), FileFormats.Of(file), target, IsShared: isFile && _isForAll, CreatesFolder: MeansFolder(path));
        });
    }

    /// <summary>Whether a path is a folder, in which each file is named after the codes in it.</summary>
    /// <exception cref="EpPromoException">As of <see cref="For"/>.</exception>
    public bool IsFolder(PathArgument argument) => !argument.IsEmpty && Check(argument) is null;

    /// <summary>Checks a path as far as it does not depend on the promotion, which may have to be read from the store first.</summary>
    /// <param name="argument">The path for this input.</param>
    /// <returns>The file, links followed; null for a folder, or if nothing is exported.</returns>
    /// <exception cref="EpPromoException">As of <see cref="For"/>.</exception>
    public string? Check(PathArgument argument) => argument.IsEmpty ? null : WithPathErrors(argument, () =>
    {
        string full = Resolve(argument);
        if (!IsFile(argument.Text, full))
        {
            CheckedFolder(full);
            return null;
        }

        FileFormats.Of(full);
        return LinkTarget.Of(full);
    });

    private static T WithPathErrors<T>(PathArgument argument, Func<T> resolve)
    {
        try
        {
            return resolve();
        }
        catch (Exception e) when (e is SessionStateException or NotSupportedException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            // For example a name with a colon, which looks like a drive, or links that form a cycle.
            throw new EpPromoException(e, ErrorKind.File, nameof(SR.BadPath), argument.Text, e.Message);
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

    private static string CheckedFolder(string folder) => File.Exists(folder.TrimEnd('/', '\\'))
        ? throw new EpPromoException(ErrorKind.File, nameof(SR.NotAFolder), folder)
        : folder;

    private static bool IsFile(string path, string full) => !MeansFolder(path) && !Directory.Exists(full);

    /// <summary>
    /// Whether the text itself means a folder: it ends in a separator, or has no extension. Such a folder is created if it is missing.
    /// </summary>
    private static bool MeansFolder(string path) =>
        path.EndsWith("/", StringComparison.Ordinal) || path.EndsWith("\\", StringComparison.Ordinal)
        || Path.GetExtension(path).Length == 0 || Path.GetFileName(path) is "." or "..";
}
