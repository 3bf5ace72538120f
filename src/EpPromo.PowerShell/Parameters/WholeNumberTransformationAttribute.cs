using System.Globalization;
using System.Management.Automation;

namespace EpPromo.PowerShell.Parameters;

/// <summary>
/// Accepts whole numbers only. PowerShell itself rounds 2.5, and ignores a cell of a table that it cannot convert: codes limited to
/// <c>1 use</c> would become codes without limit.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WholeNumberTransformationAttribute : OptionalTransformationAttribute
{
    /// <summary>The smallest number that is accepted.</summary>
    public int Minimum { get; set; } = int.MinValue;

    /// <summary>
    /// The command of which the number is the first argument, while promotions are piped to it; or null. A value with letters is then
    /// probably a promotion.
    /// </summary>
    public string? PipedTo { get; set; }

    private protected override object Read(object data)
    {
        int number = Number(data) ?? throw (PipedTo is not null && data.ToString().Any(char.IsLetter)
            ? Rejected(SR.DetailNotCount, data, PipedTo)
            : Rejected(SR.DetailNotWholeNumber, data));
        return number >= Minimum ? number : throw Rejected(SR.DetailNumberTooSmall, number, Minimum);
    }

    private static ArgumentTransformationMetadataException Rejected(string format, params object[] arguments) =>
        new(string.Format(CultureInfo.InvariantCulture, format, arguments));

    /// <summary>Digits and a sign only: a point or comma in a table may separate thousands, or start a fraction.</summary>
    private static int? Number(object data) =>
        data is int whole ? whole
        : data is string text ? int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int read) ? read : null
        : LanguagePrimitives.TryConvertTo(data, CultureInfo.InvariantCulture, out decimal number)
            && decimal.Truncate(number) == number && number is >= int.MinValue and <= int.MaxValue ? (int)number : null;
}
