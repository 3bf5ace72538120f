using System.Globalization;

namespace EpPromo.Http.Reports;

/// <summary>Numbers in the attributes of SVG.</summary>
internal static class SvgNumber
{
    /// <summary>The number with at most two decimals, which is less than a pixel.</summary>
    public static string Of(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
