using System.Globalization;
using System.Management.Automation;

namespace EpPromo.PowerShell.Parameters;

/// <summary>
/// Reads the words of a table for a switch or, with <see cref="OptionalTransformationAttribute.Default"/> null, for a flag that may be
/// missing. PowerShell itself cannot convert them, and ignores such a cell: a store marked as read-only would be writable.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class YesNoTransformationAttribute : OptionalTransformationAttribute
{
    public YesNoTransformationAttribute() => Default = new SwitchParameter(false);

    private protected override object Read(object data) => data switch
    {
        SwitchParameter or bool => data,
        _ => YesNo.Parse(Convert.ToString(data, CultureInfo.InvariantCulture)) is { } isYes
            ? Default is null ? isYes : new SwitchParameter(isYes)
            : throw new ArgumentTransformationMetadataException(string.Format(CultureInfo.InvariantCulture, SR.DetailNotYesNo, data)),
    };
}
