namespace EpPromo.Text;

/// <summary>A hash of a text that is the same in each process and on each machine, unlike <see cref="string.GetHashCode()"/>: FNV-1a.</summary>
internal static class StableHash
{
    /// <summary>The hash. Texts that differ in upper and lower case have different ones.</summary>
    public static uint Of(string text)
    {
        uint hash = 2166136261;
        foreach (char c in text)
        {
            hash = unchecked((hash ^ c) * 16777619);
        }

        return hash;
    }
}
