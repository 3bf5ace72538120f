using System.Globalization;

namespace EpPromo;

/// <summary>Numbers of things, for messages.</summary>
internal static class Counted
{
    /// <summary>"1 code", "2 codes".</summary>
    public static string Of(long count, string noun) =>
        string.Format(CultureInfo.InvariantCulture, count == 1 ? "{0} {1}" : "{0} {1}s", count, noun);
}
