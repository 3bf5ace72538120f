using System.Globalization;

namespace EpPromo.Sandbox.WebPage.Rows;

/// <summary>The names of a run's jobs: "bf26 0007/0025" is the seventh of 25 batches of the run bf26.</summary>
internal static class BatchName
{
    private const int Digits = 4;
    private const int SuffixLength = 1 + Digits + 1 + Digits;

    /// <summary>Parses the name of a job; false if no run gives a job such a name.</summary>
    public static bool TryParse(string? jobName, out ReadOnlySpan<char> run, out int planned)
    {
        ReadOnlySpan<char> name = jobName;
        planned = 0;
        run = [];
        if (name.Length <= SuffixLength)
        {
            return false;
        }

        ReadOnlySpan<char> suffix = name[^SuffixLength..];
        run = name[..^SuffixLength];
        return suffix[0] == ' '
            && suffix[1 + Digits] == '/'
            && int.TryParse(suffix.Slice(1, Digits), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && int.TryParse(suffix[^Digits..], NumberStyles.None, CultureInfo.InvariantCulture, out planned)
            && number > 0
            && planned > 0;
    }
}
