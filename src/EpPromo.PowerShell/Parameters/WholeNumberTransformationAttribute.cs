using System.Globalization;
using System.Management.Automation;

namespace EpPromo.PowerShell.Parameters;

/// <summary>
/// Takes whole numbers only. By itself PowerShell rounds 2.5, and leaves out a cell of a table that it cannot read: codes limited to
/// <c>1 use</c> would become codes without limit.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WholeNumberTransformationAttribute : OptionalTransformationAttribute
{
    /// <summary>The least number that is taken.</summary>
    public int Least { get; set; } = int.MinValue;

    private protected override object Read(object data)
    {
        int number = Number(data) ?? throw Refused(SR.DetailNotWholeNumber, data);
        return number >= Least ? number : throw Refused(SR.DetailNumberTooSmall, number, Least);
    }

    private static ArgumentTransformationMetadataException Refused(string reason, params object[] arguments) =>
        new(string.Format(CultureInfo.InvariantCulture, reason, arguments));

    /// <summary>Digits and a sign: whether a point or a comma in a table parts thousands or begins a fraction, nobody can tell.</summary>
    private static int? Number(object data) =>
        data is string text
            ? int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int read) ? read : null
            : LanguagePrimitives.TryConvertTo(data, CultureInfo.InvariantCulture, out decimal number)
                && decimal.Truncate(number) == number && number is >= int.MinValue and <= int.MaxValue ? (int)number : null;
}
