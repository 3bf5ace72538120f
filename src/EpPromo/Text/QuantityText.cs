using System.Globalization;

namespace EpPromo.Text;

/// <summary>Numbers with their nouns, for messages.</summary>
internal static class QuantityText
{
    /// <summary>"1 code", "2 codes", "2 batches".</summary>
    public static string Of(double count, string noun) => string.Format(
        CultureInfo.InvariantCulture, "{0} {1}{2}", count, noun,
        count == 1 ? "" : noun.EndsWith("ch", StringComparison.Ordinal) ? "es" : "s");
}
