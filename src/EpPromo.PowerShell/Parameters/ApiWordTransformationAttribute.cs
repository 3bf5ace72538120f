using System.Text.RegularExpressions;

namespace EpPromo.PowerShell.Parameters;

/// <summary>Accepts the API's words in PowerShell's spelling as well: <c>PerCheckout</c> for <c>per_checkout</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ApiWordTransformationAttribute : OptionalTransformationAttribute
{
    private protected override object Read(object data) =>
        Regex.Replace(data.ToString().Trim(), "(?<=[a-z])(?=[A-Z])", "_").ToLowerInvariant();
}
