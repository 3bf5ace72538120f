using EpPromo.Text;

namespace EpPromo.Promotions;

/// <summary>Finds the names that a mistyped one was probably meant to be.</summary>
internal static class NearestNames
{
    private const int MaxNames = 3;

    /// <summary>A longer text is no mistyped name, and comparing it would take long.</summary>
    private const int MaxLength = 200;

    /// <summary>A question for the end of a message, whether one of the nearest names was meant; empty if all are too different.</summary>
    public static string Question(string name, IEnumerable<string> names)
    {
        string[] near = [.. Find(name, names).Select(one => $"'{one}'")];
        return near.Length switch
        {
            0 => "",
            1 => MessageText.Of(SR.DetailNearestNames, near[0]),
            _ => MessageText.Of(SR.DetailNearestNames, $"{string.Join(", ", near.Take(near.Length - 1))} or {near[near.Length - 1]}"),
        };
    }

    /// <summary>The nearest of <paramref name="names"/>, the nearest first; none if all are too different.</summary>
    public static IReadOnlyList<string> Find(string name, IEnumerable<string> names)
    {
        string wanted = Key(name);
        return wanted.Length is 0 or > MaxLength
            ? []
            : [.. names
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Select(candidate => (Name: candidate, Distance: Distance(wanted, Key(candidate))))
                .Where(candidate => candidate.Distance <= Math.Max(2, wanted.Length / 3))
                .OrderBy(candidate => candidate.Distance)
                .ThenBy(candidate => candidate.Name, StringComparer.OrdinalIgnoreCase)
                .Take(MaxNames)
                .Select(candidate => candidate.Name)];
    }

    /// <summary>
    /// How many letters have to be changed; a name that contains the other one as a whole counts as one change, because people type the
    /// beginning of a name.
    /// </summary>
    private static int Distance(string wanted, string candidate) =>
        candidate.IndexOf(wanted, StringComparison.Ordinal) >= 0 ? 1
        : candidate.Length > MaxLength ? int.MaxValue
        : EditDistance(wanted, candidate);

    /// <summary>The Levenshtein distance: how many letters have to be added, removed or replaced.</summary>
    private static int EditDistance(string one, string other)
    {
        int[] previous = [.. Enumerable.Range(0, other.Length + 1)];
        for (int i = 1; i <= one.Length; i++)
        {
            int[] current = new int[other.Length + 1];
            current[0] = i;
            for (int j = 1; j <= other.Length; j++)
            {
                int replaced = previous[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                current[j] = Math.Min(replaced, 1 + Math.Min(previous[j], current[j - 1]));
            }

            previous = current;
        }

        return previous[other.Length];
    }

    private static string Key(string name) => NormalizedText.Of(name.Trim()).ToUpperInvariant();
}
