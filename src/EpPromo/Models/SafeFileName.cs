namespace EpPromo;

/// <summary>Makes a file name of a name that came from the store: one that every system takes and that stays in its folder.</summary>
internal static class SafeFileName
{
    private const int MaxLength = 100;

    private static readonly HashSet<string> s_reserved = new(
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(0, 10).SelectMany(n => new[] { "COM" + n, "LPT" + n })],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The name with underscores for what a file name cannot hold; <paramref name="otherwise"/> when nothing is left.</summary>
    public static string Of(string name, string otherwise)
    {
        string clean = new([.. DisplayText.Clean(name).Select(c => @"<>:""/\|?*".IndexOf(c) >= 0 || c == '\uFFFD' ? '_' : c)]);
        clean = (clean.Length <= MaxLength ? clean : clean.Substring(0, MaxLength)).Trim(' ', '.');
        return clean.Length == 0 ? otherwise
            : s_reserved.Contains(clean.Split('.')[0].TrimEnd()) ? "_" + clean
            : clean;
    }
}
