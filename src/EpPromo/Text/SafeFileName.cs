using System.Text;

namespace EpPromo.Text;

/// <summary>Makes a file name from a name in the store: one that is valid on every system and stays in its folder.</summary>
internal static class SafeFileName
{
    /// <summary>
    /// Systems allow 255 bytes, UTF-8 on most. That includes an extension, and what surrounds the name while the file is being written (42
    /// bytes).
    /// </summary>
    private const int MaxBytes = 200;

    /// <summary>What no file name on Windows can contain, and the escape character of PowerShell's wildcards.</summary>
    private const string Replaced = @"<>:""/\|?*`";

    /// <summary>Names that Windows reads as devices, whatever the extension; superscript digits count as digits there.</summary>
    private static readonly HashSet<string> s_reserved = new(
        ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", .. "0123456789¹²³".SelectMany(n => new[] { "COM" + n, "LPT" + n })],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The name with underscores for what a file name cannot contain, and with parentheses for brackets, because those are wildcards where
    /// PowerShell expects a path; if nothing remains, <paramref name="otherwise"/>, made safe as well. The Unicode forms of a letter become
    /// one, because some file systems do not distinguish them.
    /// </summary>
    /// <param name="name">A name in the store.</param>
    /// <param name="otherwise">What stands for a name of which nothing remains.</param>
    /// <param name="maxBytes">The length that remains at most, in bytes of UTF-8.</param>
    public static string Of(string name, string otherwise, int maxBytes = MaxBytes) =>
        Clean(name, maxBytes) is { Length: > 0 } clean ? clean
        : Clean(otherwise, maxBytes) is { Length: > 0 } other ? other
        : "_";

    private static string Clean(string name, int maxBytes)
    {
        string clean = new([.. DisplayText.Clean(NormalizedText.Of(name)).Select(Safe)]);
        clean = Cut(clean, maxBytes).Trim(' ', '.');
        return IsReserved(clean) ? "_" + clean : clean;
    }

    /// <summary>Whether Windows reads a name as a device, whatever its extension.</summary>
    public static bool IsReserved(string name) => s_reserved.Contains(name.Split('.')[0].TrimEnd());

    private static char Safe(char c) => c switch
    {
        '[' => '(',
        ']' => ')',
        '\uFFFD' => '_',
        _ => Replaced.IndexOf(c) >= 0 ? '_' : c,
    };

    /// <summary>As many whole characters as fit into <paramref name="maxBytes"/> of UTF-8.</summary>
    public static string Cut(string name, int maxBytes)
    {
        int end = Math.Min(name.Length, maxBytes);
        end -= end > 0 && char.IsHighSurrogate(name[end - 1]) ? 1 : 0;
        while (Encoding.UTF8.GetByteCount(name.Substring(0, end)) > maxBytes)
        {
            end -= char.IsLowSurrogate(name[end - 1]) ? 2 : 1;
        }

        return name.Substring(0, end);
    }
}
