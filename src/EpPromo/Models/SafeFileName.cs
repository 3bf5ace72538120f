using System.Text;

namespace EpPromo;

/// <summary>Makes a file name of a name that came from the store: one that every system takes and that stays in its folder.</summary>
internal static class SafeFileName
{
    private const int MaxLength = 100;

    /// <summary>A file system may take 255 bytes only; the rest is for what stands around the name.</summary>
    private const int MaxBytes = 200;

    private static readonly HashSet<string> s_reserved = new(
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(0, 10).SelectMany(n => new[] { "COM" + n, "LPT" + n })],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The name with underscores for what a file name cannot hold; <paramref name="otherwise"/> when nothing is left.</summary>
    public static string Of(string name, string otherwise)
    {
        string clean = new([.. DisplayText.Clean(name).Select(c => @"<>:""/\|?*".IndexOf(c) >= 0 || c == '\uFFFD' ? '_' : c)]);
        clean = Cut(clean).Trim(' ', '.');
        return clean.Length == 0 ? otherwise
            : s_reserved.Contains(clean.Split('.')[0].TrimEnd()) ? "_" + clean
            : clean;
    }

    private static string Cut(string name)
    {
        int length = 0;
        for (int bytes = 0, step; length < name.Length; length += step)
        {
            step = char.IsSurrogatePair(name, length) ? 2 : 1;
            bytes += Encoding.UTF8.GetByteCount(name.Substring(length, step));
            if (length + step > MaxLength || bytes > MaxBytes)
            {
                break;
            }
        }

        return name.Substring(0, length);
    }
}
