using System.Globalization;

namespace EpPromo.Text;

/// <summary>
/// Formats messages. <c>{0:code}</c> is a number with its noun, "1 code" or "2 codes", so that no message says "1 codes". A number beside
/// another one that has the noun needs none.
/// </summary>
internal static class MessageText
{
    private static readonly QuantityFormat s_format = new();

    /// <summary>The message <paramref name="format"/> with <paramref name="arguments"/>, the same in every culture.</summary>
    public static string Of(string format, params object?[] arguments) => string.Format(s_format, format, arguments);

    private sealed class QuantityFormat : IFormatProvider, ICustomFormatter
    {
        public object? GetFormat(Type? formatType) =>
            formatType == typeof(ICustomFormatter) ? this : CultureInfo.InvariantCulture.GetFormat(formatType);

        public string Format(string? format, object? arg, IFormatProvider? formatProvider) => arg switch
        {
            int or long or double when !string.IsNullOrEmpty(format) => QuantityText.Of(Convert.ToDouble(arg, CultureInfo.InvariantCulture), format!),
            IFormattable other => other.ToString(format, CultureInfo.InvariantCulture),
            _ => arg?.ToString() ?? "",
        };
    }
}
