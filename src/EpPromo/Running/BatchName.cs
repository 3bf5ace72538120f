using System.Globalization;

namespace EpPromo;

/// <summary>
/// The name of a batch's job: <c>bf26 0007/0025</c> is the seventh batch of the run bf26, which was planned with 25. The jobs'
/// names are all that a run leaves behind, so they are its journal.
/// </summary>
internal readonly record struct BatchName(string Run, int Number, int Planned)
{
    private const int LeastDigits = 4;

    /// <summary>How many characters stand behind the run's name.</summary>
    public static int SuffixLength(int planned) => new BatchName("", 1, planned).ToString().Length;

    /// <summary>
    /// Reads a job's name; null when it is not one of <paramref name="run"/>. A name has no case, as everywhere in PowerShell: who goes
    /// on with R1 as r1 would otherwise get all codes twice.
    /// </summary>
    public static BatchName? Parse(string run, string jobName)
    {
        if (!jobName.StartsWith(run + " ", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        string[] parts = jobName.Substring(run.Length + 1).Split('/');
        return parts.Length == 2 && TryRead(parts[0], out int number) && TryRead(parts[1], out int planned)
            ? new BatchName(run, number, planned)
            : null;
    }

    public override string ToString()
    {
        int digits = Math.Max(LeastDigits, Planned.ToString(CultureInfo.InvariantCulture).Length);
        string format = "D" + digits.ToString(CultureInfo.InvariantCulture);
        return $"{Run} {Number.ToString(format, CultureInfo.InvariantCulture)}/{Planned.ToString(format, CultureInfo.InvariantCulture)}";
    }

    private static bool TryRead(string digits, out int number) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && digits.Length >= LeastDigits;
}
