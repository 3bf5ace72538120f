using System.Globalization;

namespace EpPromo.Bench.Measuring;

/// <summary>What a number counts, and how it is printed.</summary>
/// <param name="Name">The symbol after the number.</param>
/// <param name="Scale">What a number is multiplied with to be printed in this unit.</param>
/// <param name="Format">Its format.</param>
internal sealed record Unit(string Name, double Scale, string Format)
{
    /// <summary>A number in this unit, without the symbol.</summary>
    public string Number(double value) => (value * Scale).ToString(Format, CultureInfo.InvariantCulture);

    public static Unit Seconds { get; } = new("s", 1, "0.00");

    /// <summary>For numbers that are seconds.</summary>
    public static Unit Milliseconds { get; } = new("ms", 1000, "0.00");

    /// <summary>For numbers that are bytes.</summary>
    public static Unit Megabytes { get; } = new("MB", 1e-6, "0");

    public static Unit Bytes { get; } = new("bytes", 1, "0");

    /// <summary>For numbers that are fractions.</summary>
    public static Unit Percent { get; } = new("%", 100, "0.0");

    /// <summary>Requests for 1000 codes, or for a job.</summary>
    public static Unit Requests { get; } = new("requests", 1, "0.0");
}
