using System.Globalization;
using System.Management.Automation;

namespace EpPromo.PowerShell.Parameters;

/// <summary>
/// Reads a plain number as seconds, as <c>-Timeout</c> means it everywhere in PowerShell; a TimeSpan or its text stays what it is. By itself
/// PowerShell would take a whole number for ticks, of which a second has ten million.
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

        // What is not a number at all is not less. The longest time itself is no double: the nearest one is longer.
        return Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds - 1
            ? TimeSpan.FromSeconds(seconds)
            : throw new ArgumentTransformationMetadataException(
                string.Format(CultureInfo.InvariantCulture, SR.DetailNotDuration, data));
    }
}
