using System.Globalization;
using System.Management.Automation;

namespace EpPromo.PowerShell;

/// <summary>
/// Takes whole numbers only. By itself PowerShell rounds 2.5, and leaves out a cell of a table that it cannot read: codes limited to
/// <c>1 use</c> would become codes without limit.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WholeNumberAttribute : ArgumentTransformationAttribute
{
    /// <summary>Take an empty text for nothing at all, as a row of a table has it, and not for 0.</summary>
    public bool EmptyIsNull { get; set; }

    /// <inheritdoc/>
    public override bool TransformNullOptionalParameters => false;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? data = inputData is PSObject { BaseObject: { } inner } ? inner : inputData;
        if (data is null || (EmptyIsNull && data is string text && text.Trim().Length == 0))
        {
            return null;
        }

        return Read(data) ?? throw new ArgumentTransformationMetadataException(
            string.Format(CultureInfo.InvariantCulture, SR.ReasonNotWholeNumber, data));
    }

    /// <summary>Digits and a sign: whether a point or a comma in a table parts thousands or begins a fraction, nobody can tell.</summary>
    private static int? Read(object data) =>
        data is string text
            ? int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int read) ? read : null
            : LanguagePrimitives.TryConvertTo(data, CultureInfo.InvariantCulture, out decimal number)
                && decimal.Truncate(number) == number && number is >= int.MinValue and <= int.MaxValue ? (int)number : null;
}
