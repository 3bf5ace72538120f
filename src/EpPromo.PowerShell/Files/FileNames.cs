using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace EpPromo.PowerShell;

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
                throw new ArgumentException(SR.ReasonBadCharacter);
            }

            if (LengthOf(name) > MaxLength)
            {
                throw new PathTooLongException(string.Format(CultureInfo.InvariantCulture, SR.ReasonNameTooLong, LengthOf(name), MaxLength));
            }
        }
    }

    private static int LengthOf(string name) =>
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? name.Length : Encoding.UTF8.GetByteCount(name);
}
