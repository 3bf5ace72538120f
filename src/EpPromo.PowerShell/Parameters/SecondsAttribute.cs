using System.Globalization;

namespace EpPromo.PowerShell;

/// <summary>Reads a plain number as seconds, as <c>-Timeout</c> means it everywhere in PowerShell; a TimeSpan or its text stays what it is.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecondsAttribute : OptionalTransformationAttribute
{
    private protected override object Read(object data) =>
        data is not TimeSpan
            && double.TryParse(Convert.ToString(data, CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
            && seconds is >= 0 and < 1e9
                ? TimeSpan.FromSeconds(seconds)
                : data;
}
