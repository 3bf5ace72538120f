using System.Globalization;
using System.Management.Automation;

namespace EpPromo.PowerShell.Parameters;

/// <summary>
/// Reads a plain number as seconds, as <c>-Timeout</c> does everywhere in PowerShell; a TimeSpan or its text is kept. PowerShell itself
/// would read a whole number as ticks of 100 ns.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecondsTransformationAttribute : OptionalTransformationAttribute
{
    private protected override object Read(object data)
    {
        if (data is TimeSpan
            || !double.TryParse(Convert.ToString(data, CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds))
        {
            return data;
        }

        // NaN is not less. The longest time is no double: the nearest one is longer.
        return Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds - 1
            ? TimeSpan.FromSeconds(seconds)
            : throw new ArgumentTransformationMetadataException(
                string.Format(CultureInfo.InvariantCulture, SR.DetailNotDuration, data));
    }
}
