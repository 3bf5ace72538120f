namespace EpPromo.PowerShell.Parameters;

/// <summary>The words for yes and no in tables and environment variables.</summary>
internal static class YesNo
{
    private static readonly HashSet<string> s_yes = new(["true", "yes", "on", "1", "t", "y"], StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> s_no = new(["false", "no", "off", "0", "f", "n"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether <paramref name="text"/> means yes or no; null if it is neither. Case and surrounding white space do not matter.</summary>
    public static bool? Parse(string text) => s_yes.Contains(text.Trim()) ? true : s_no.Contains(text.Trim()) ? false : null;
}
