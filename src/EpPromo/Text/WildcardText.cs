using System.Text;

namespace EpPromo.Text;

/// <summary>Names as PowerShell's wildcards read them.</summary>
internal static class WildcardText
{
    /// <summary>
    /// <paramref name="name"/> as a pattern that fits no other. PowerShell's own Escape leaves the escape character itself alone in some
    /// versions.
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
