using System.Globalization;
using EpPromo.Text;

namespace EpPromo.Runs;

/// <summary>
/// The name of a batch's job: <c>bf26 0007/0025</c> is the seventh batch of the run bf26, which was planned with 25. A run is resumed from
/// these names alone (docs/guarantees.md, "Any number of codes, exactly").
/// </summary>
/// <param name="Run">The name of the run.</param>
/// <param name="Number">The number of the batch, from 1. Two runners that do not know of each other can use the same one.</param>
/// <param name="Planned">How many batches the run takes if none fails.</param>
internal readonly record struct BatchName(string Run, int Number, int Planned)
{
    private const int Digits = 4;
    private const int MaxNumber = 9999;

    /// <summary>How many characters follow the run's name.</summary>
    public const int SuffixLength = 1 + Digits + 1 + Digits;

    /// <summary>Parses the name of a job; null if no run creates such a name.</summary>
    public static BatchName? Parse(string jobName)
    {
        string name = NormalizedText.Of(jobName);
        int runLength = name.Length - SuffixLength;
        if (runLength < 1 || name[runLength] != ' ')
        {
            return null;
        }

        string[] parts = name.Substring(runLength + 1).Split('/');
        return parts.Length == 2 && TryParse(parts[0], out int number) && TryParse(parts[1], out int planned)
            && planned <= CodeRunRequest.MaxBatches && number <= HighestNumber(planned)
            ? new BatchName(name.Substring(0, runLength), number, planned)
            : null;
    }

    /// <summary>
    /// Parses the name of a job; null if it is not a job of <paramref name="run"/>, or if no run creates such a name. Upper and lower case
    /// are the same, as everywhere in PowerShell, and so are the Unicode forms of a letter: otherwise, resuming R1 as r1 would generate all
    /// codes twice.
    /// </summary>
    public static BatchName? Parse(string run, string jobName) =>
        Parse(jobName) is { } name && string.Equals(name.Run, NormalizedText.Of(run), StringComparison.OrdinalIgnoreCase)
            ? name with { Run = run }
            : null;

    /// <summary>
    /// The highest number that a run with so many planned batches uses: the list of jobs has no room for more. A job with a higher number
    /// is another client's, and must not raise the run's own numbers.
    /// </summary>
    public static int HighestNumber(int planned) => Math.Min(MaxNumber, planned + CodeRunRequest.MaxBatches);

    /// <summary>The name as a job has it.</summary>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0} {1:D4}/{2:D4}", Run, Number, Planned);

    private static bool TryParse(string digits, out int number) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && digits.Length == Digits && number > 0;
}
