using System.Globalization;
using System.Management.Automation;

namespace EpPromo.PowerShell.Parameters;

/// <summary>
/// Rejects a value that cannot be converted to <see cref="_type"/>. PowerShell itself ignores such a cell of a table: with a misspelled
/// region, another store would be used. In a number, a comma is rejected: PowerShell reads 2,5 as 25.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ConvertedTransformationAttribute : OptionalTransformationAttribute
{
    private readonly Type _type;

    /// <param name="type">The type of the parameter.</param>
    public ConvertedTransformationAttribute(Type type) => _type = type;

    private protected override object Read(object data) =>
        !(data is string text && text.Contains(',')) && LanguagePrimitives.TryConvertTo(data, _type, CultureInfo.InvariantCulture, out object? value)
            ? value
            : throw new ArgumentTransformationMetadataException(Problem(data));

    private string Problem(object data) => _type.IsEnum
        ? string.Format(CultureInfo.InvariantCulture, SR.DetailNotOneOf, data, string.Join(", ", Enum.GetNames(_type)))
        : string.Format(CultureInfo.InvariantCulture, SR.DetailNotNumber, data);
}
