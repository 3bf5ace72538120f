using System.Globalization;
using System.Management.Automation;

namespace EpPromo.PowerShell.Parameters;

/// <summary>
/// Reads a plain number as seconds, as <c>-Timeout</c> does everywhere in PowerShell; a TimeSpan or its text is kept. PowerShell itself
/// would read a whole number as ticks of 100 ns, and ignore a cell of a table that it cannot read.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecondsTransformationAttribute : OptionalTransformationAttribute
{
    private protected override object Read(object data)
    {
        string? text = Convert.ToString(data, CultureInfo.InvariantCulture);
        return data is TimeSpan ? data
            // NaN is not less. The longest time is no double: the nearest one is longer.
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
                && Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds - 1 ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan duration) ? duration
            : throw new ArgumentTransformationMetadataException(string.Format(CultureInfo.InvariantCulture, SR.DetailNotDuration, data));
    }
}
