using System.Globalization;

namespace EpPromo.Text;

/// <summary>Times as the store writes them (api-contract.md section 5): ISO 8601, with up to nine fractional digits.</summary>
internal static class TimestampText
{
    /// <summary>Reads a time, in UTC if it has no zone. Of nine fractional digits, .NET keeps seven.</summary>
    public static bool TryParse(string text, out DateTimeOffset time) => DateTimeOffset.TryParse(
        CutFraction(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);

    /// <summary>.NET Framework parses at most seven fractional digits.</summary>
    private static string CutFraction(string time)
    {
        const int maxDigits = 7;
        int dot = time.LastIndexOf('.');
        if (dot < 0)
        {
            return time;
        }

        int end = dot + 1;
        while (end < time.Length && time[end] is >= '0' and <= '9')
        {
            end++;
        }

        return end - dot - 1 <= maxDigits ? time : time.Remove(dot + 1 + maxDigits, end - dot - 1 - maxDigits);
    }
}
