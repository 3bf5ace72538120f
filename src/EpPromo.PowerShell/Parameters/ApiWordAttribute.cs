using System.Management.Automation;
using System.Text.RegularExpressions;

namespace EpPromo.PowerShell;

/// <summary>Takes the API's words in PowerShell's spelling too: <c>PerCheckout</c> for <c>per_checkout</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ApiWordAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override bool TransformNullOptionalParameters => false;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object data = inputData is PSObject { BaseObject: { } inner } ? inner : inputData;
        return data switch
        {
            string word => ToApi(word),
            object[] words => words.Select(word => (object)ToApi(word.ToString())).ToArray(),
            _ => inputData,
        };
    }

    private static string ToApi(string word) =>
        Regex.Replace(word, "(?<=[a-z])(?=[A-Z])", "_").ToLowerInvariant();
}
