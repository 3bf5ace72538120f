using System.Globalization;
using EpPromo.Text;

namespace EpPromo.Runs;

/// <summary>
/// The name of a batch's job: <c>bf26 0007/0025</c> is the seventh batch of the run bf26, which was planned with 25. The jobs'
/// names are all that a run leaves behind, so they are its journal.
/// </summary>
internal readonly record struct BatchName(string Run, int Number, int Planned)
{
    private const int Digits = 4;
    private const int MaxNumber = 9999;

    /// <summary>How many characters stand behind the run's name.</summary>
    public const int SuffixLength = 1 + Digits + 1 + Digits;

    /// <summary>
    /// Reads a job's name; null when it is not one of <paramref name="run"/>, or is one that no run makes. A name has no case, as
    /// everywhere in PowerShell, and is the same in every form of its letters: who goes on with R1 as r1 would otherwise get all codes
    /// twice.
    /// </summary>
    public static BatchName? Parse(string run, string jobName)
    {
        string name = ComposedText.Of(jobName);
        string start = ComposedText.Of(run) + " ";
        if (name.Length != start.Length - 1 + SuffixLength || !name.StartsWith(start, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        string[] parts = name.Substring(start.Length).Split('/');
        return parts.Length == 2 && TryRead(parts[0], out int number) && TryRead(parts[1], out int planned)
            && planned <= CodeRunRequest.MaxBatches && number <= HighestNumber(planned)
            ? new BatchName(run, number, planned)
            : null;
    }

    /// <summary>
    /// The highest number that a run of so many planned batches uses: as many more as a list of jobs has room for. A job of a higher one
    /// is somebody else's, and must not draw a run's own numbers up to it.
    /// </summary>
    public static int HighestNumber(int planned) => Math.Min(MaxNumber, planned + CodeRunRequest.MaxBatches);

    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0} {1:D4}/{2:D4}", Run, Number, Planned);

    private static bool TryRead(string digits, out int number) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && digits.Length == Digits && number > 0;
}
