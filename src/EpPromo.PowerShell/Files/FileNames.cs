using System.Runtime.InteropServices;
using System.Text;
using EpPromo.Text;

namespace EpPromo.PowerShell.Files;

/// <summary>
/// The names that a path may consist of. Without this check, the file system would reject an invalid name only after the export job.
/// </summary>
internal static class FileNames
{
    /// <summary>The longest name: in characters on Windows, else in bytes.</summary>
    public const int MaxLength = 255;

    /// <summary>The longest path of Windows PowerShell, in characters; PowerShell 7 has no such limit.</summary>
    private const int MaxFrameworkPathLength = 259;

    private static readonly bool s_isWindows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    /// <summary>.NET Framework is the only runtime of version 4.</summary>
    private static readonly int s_maxPathLength =
        s_isWindows && Environment.Version.Major == 4 ? MaxFrameworkPathLength : int.MaxValue;

    private static readonly char[] s_separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];
    private static readonly char[] s_invalid = Path.GetInvalidFileNameChars();

    /// <summary>Fails if no file can have the full path <paramref name="path"/>, with the runtime's exceptions.</summary>
    /// <exception cref="ArgumentException">A name contains an invalid character.</exception>
    /// <exception cref="NotSupportedException">A colon is where none is allowed.</exception>
    /// <exception cref="PathTooLongException">A name, or the path, is too long.</exception>
    public static void Check(string path)
    {
        // Before the path is completed, which removes dots and spaces at the end of names there.
        if (s_isWindows && path.Split(s_separators).Select(FindWindowsFault).FirstOrDefault(fault => fault is not null) is { } found)
        {
            throw new ArgumentException(found);
        }

        string whole = Path.GetFullPath(path);
        foreach (string name in whole.Substring(Path.GetPathRoot(whole)!.Length).Split(s_separators))
        {
            if (name.IndexOfAny(s_invalid) >= 0)
            {
                throw new ArgumentException(SR.DetailInvalidFileNameCharacter);
            }

            if (LengthOf(name) > MaxLength)
            {
                throw new PathTooLongException(MessageText.Of(SR.DetailFileNameTooLong, LengthOf(name), MaxLength));
            }
        }
    }

    /// <summary>Why no file on Windows can have a name, although each of its characters is allowed; null if one can.</summary>
    public static string? FindWindowsFault(string name) =>
        name.Trim('.').Length == 0 ? null
        : SafeFileName.IsReserved(name) ? MessageText.Of(SR.DetailReservedFileName, name)
        : name[name.Length - 1] is ' ' or '.' ? MessageText.Of(SR.DetailFileNameEnd, name)
        : null;

    /// <summary>Fails if the name that a file has while it is being written is too long for the runtime.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="PathTooLongException">It is.</exception>
    public static void CheckPathLength(string path) => CheckPathLength(path, s_maxPathLength);

    /// <summary>The same for a given limit, in characters.</summary>
    public static void CheckPathLength(string path, int maxLength)
    {
        int length = PartialFile.NewName(path).Length;
        if (length > maxLength)
        {
            throw new PathTooLongException(MessageText.Of(SR.DetailPathTooLong, length, maxLength));
        }
    }

    /// <summary>
    /// Whether a name, without its extension, is empty. That is what <c>"$($_.FileName).csv"</c> becomes if there is no such property: the
    /// file would be hidden, and the same for each input.
    /// </summary>
    public static bool IsEmpty(string name) => name.Trim(' ', '.').Length == 0;

    /// <summary>
    /// Whether a folder in the path has an empty name: two separators side by side, or only white space between them. The separators at
    /// the beginning of a network path do not count.
    /// </summary>
    public static bool HasEmptyFolder(string path)
    {
        string[] names = path.TrimStart(s_separators).Split(s_separators);
        return names.Take(names.Length - 1).Any(string.IsNullOrWhiteSpace);
    }

    private static int LengthOf(string name) =>
        s_isWindows ? name.Length : Encoding.UTF8.GetByteCount(name);
}
