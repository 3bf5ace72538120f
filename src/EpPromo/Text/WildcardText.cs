using System.Text;

namespace EpPromo.Text;

/// <summary>Names in PowerShell's wildcard syntax.</summary>
internal static class WildcardText
{
    /// <summary>
    /// <paramref name="name"/> as a pattern that matches no other name. In some versions PowerShell's own Escape does not escape the escape
    /// character itself.
    /// </summary>
    public static string Escape(string name)
    {
        StringBuilder escaped = new(name.Length);
        foreach (char c in name)
        {
            escaped.Append("*?[]`".IndexOf(c) >= 0 ? "`" : "").Append(c);
        }

        return escaped.ToString();
    }
}
