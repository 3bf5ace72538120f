using EpPromo.Time;

namespace EpPromo.Jobs;

/// <summary>Unique names for jobs and runs that nobody named.</summary>
internal static class GeneratedName
{
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
    private const int RandomLength = 8;

    /// <summary>Like <c>ep-20261122-200453-k3j9x2ab</c>: sortable, and one chance in a million million against a second one in the same second.</summary>
    public static string New(IClock clock, IRandomSource random)
    {
        char[] tail = new char[RandomLength];
        for (int i = 0; i < tail.Length; i++)
        {
            tail[i] = Alphabet[(int)(random.NextDouble() * Alphabet.Length)];
        }

        return FormattableString.Invariant($"ep-{clock.UtcNow.UtcDateTime:yyyyMMdd-HHmmss}-{new string(tail)}");
    }
}
