using System.Runtime.InteropServices;
using System.Text;
using EpPromo.Text;

namespace EpPromo.PowerShell.Files;

/// <summary>
/// What the names in a path can be. The file system tells when the file is made, which is after its export job was: too late.
/// </summary>
internal static class FileNames
{
    /// <summary>The longest name: in characters on Windows, else in bytes.</summary>
    public const int MaxLength = 255;

    private static readonly char[] s_separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];
    private static readonly char[] s_invalid = Path.GetInvalidFileNameChars();

    /// <summary>Fails when no file can have the full path <paramref name="path"/>, as the runtime does where it looks.</summary>
    /// <exception cref="ArgumentException">A name holds a character that no name can hold.</exception>
    /// <exception cref="NotSupportedException">A colon is where none can be.</exception>
    /// <exception cref="PathTooLongException">A name, or the path, is too long.</exception>
    public static void Check(string path)
    {
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

    /// <summary>
    /// Whether a name, without its extension, says nothing. Such a one is what is left of <c>"$($_.FileName).csv"</c> where there is no
    /// such property: a file of that name would be hidden, and the same one for each input.
    /// </summary>
    public static bool IsEmpty(string name) => name.Trim(' ', '.').Length == 0;

    /// <summary>
    /// Whether a folder on the way says nothing: two separators side by side, or blanks between them. Those that a network path begins
    /// with do not count.
    /// </summary>
    public static bool HasEmptyFolder(string path)
    {
        string[] names = path.TrimStart(s_separators).Split(s_separators);
        return names.Take(names.Length - 1).Any(string.IsNullOrWhiteSpace);
    }

    private static int LengthOf(string name) =>
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? name.Length : Encoding.UTF8.GetByteCount(name);
}
