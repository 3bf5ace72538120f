namespace EpPromo.Sandbox.Filters;

/// <summary>Matches the * of the operators like and ilike, and of fault rules.</summary>
internal static class Wildcard
{
    public static bool Matches(string pattern, string text, StringComparison comparison)
    {
        string[] parts = pattern.Split('*');
        if (parts.Length == 1)
        {
            return string.Equals(pattern, text, comparison);
        }

        string last = parts[^1];
        if (!text.StartsWith(parts[0], comparison)
            || !text.EndsWith(last, comparison)
            || text.Length < parts[0].Length + last.Length)
        {
            return false;
        }

        int from = parts[0].Length;
        foreach (string part in parts[1..^1])
        {
            int found = text.IndexOf(part, from, text.Length - last.Length - from, comparison);
            if (found < 0)
            {
                return false;
            }

            from = found + part.Length;
        }

        return true;
    }
}
