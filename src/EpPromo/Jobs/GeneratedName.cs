using System.Text.RegularExpressions;
using EpPromo.Time;

namespace EpPromo.Jobs;

/// <summary>Generates unique names for jobs and runs that the user has not named.</summary>
internal static class GeneratedName
{
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
    private const int RandomLength = 8;

    private static readonly Regex s_pattern = new(
        $"^ep-[0-9]{{8}}-[0-9]{{6}}-[{Alphabet}]{{{RandomLength}}}\\z", RegexOptions.CultureInvariant);

    /// <summary>Whether <see cref="New"/> makes such names. A user who gives a job this name could give it to other jobs, too, but nobody does.</summary>
    public static bool IsGenerated(string name) => s_pattern.IsMatch(name);

    /// <summary>
    /// A name like <c>ep-20261122-200453-k3j9x2ab</c>: sortable, and the chance that two of the same second are equal is one in 850 thousand million.
    /// </summary>
    public static string New(IClock clock, IRandomSource random)
    {
        char[] suffix = new char[RandomLength];
        for (int i = 0; i < suffix.Length; i++)
        {
            suffix[i] = Alphabet[(int)(random.NextDouble() * Alphabet.Length)];
        }

        return FormattableString.Invariant($"ep-{clock.UtcNow.UtcDateTime:yyyyMMdd-HHmmss}-{new string(suffix)}");
    }

    /// <summary>The name for where there is little room: of a generated one, only the end, which distinguishes it from others.</summary>
    public static string Shorten(string name) => IsGenerated(name) ? "…" + name.Substring(name.Length - RandomLength) : name;
}
