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

    /// <summary>Names that Windows reads as devices, whatever the extension; superscript digits count as digits there.</summary>
    private static readonly HashSet<string> s_reserved = new(
        ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", .. "0123456789¹²³".SelectMany(n => new[] { "COM" + n, "LPT" + n })],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The name with underscores for what a file name cannot contain; if nothing remains, <paramref name="otherwise"/>, made safe as well.
    /// </summary>
    public static string Of(string name, string otherwise) =>
        Clean(name) is { Length: > 0 } clean ? clean
        : Clean(otherwise) is { Length: > 0 } other ? other
        : "_";

    private static string Clean(string name)
    {
        string clean = new([.. DisplayText.Clean(name).Select(c => @"<>:""/\|?*".IndexOf(c) >= 0 || c == '\uFFFD' ? '_' : c)]);
        clean = Cut(clean, MaxBytes).Trim(' ', '.');
        return s_reserved.Contains(clean.Split('.')[0].TrimEnd()) ? "_" + clean : clean;
    }

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
