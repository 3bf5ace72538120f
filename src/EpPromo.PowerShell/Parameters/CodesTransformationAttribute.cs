using System.Collections;
using System.Management.Automation;
using EpPromo.Text;

namespace EpPromo.PowerShell.Parameters;

/// <summary>
/// Converts texts and codes to <see cref="CodeReference"/>. A text is trimmed, since white space around it comes from tables and pastes by
/// accident, and its letters are composed; the code of an object is taken as the store has it. So are rows with a column Code. An empty item
/// stays an empty reference, and anything else becomes a reference without a code (<see cref="CodeReference.Check"/>), so that only this one is
/// an error: PowerShell would not say which columns a row has.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CodesTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>
    /// Whether an empty value means that the parameter is omitted. What has no code is then left as it is, which is no valid argument: an
    /// object is piped to such a command for something else.
    /// </summary>
    public bool IsOptional { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (IsOptional && EmptyValue.Is(inputData))
        {
            return null;
        }

        object? data = EmptyValue.Unwrapped(inputData);
        IEnumerable items = data is not string && LanguagePrimitives.GetEnumerable(data) is { } list ? list : new[] { inputData };
        List<CodeReference> codes = [];
        foreach (object? item in items)
        {
            switch (EmptyValue.Is(item) ? "" : EmptyValue.Unwrapped(item))
            {
                case CodeReference reference:
                    codes.Add(reference);
                    break;

                case PromotionCode code:
                    codes.Add(new CodeReference(code.Text));
                    break;

                case string or ValueType:
                    codes.Add(new CodeReference(TextOf(item)));
                    break;

                default:
                    PSObject row = PSObject.AsPSObject(item);
                    PSPropertyInfo? column = row.Properties[CodeReference.Column];
                    if (column is null && IsOptional)
                    {
                        return inputData;
                    }

                    codes.Add(new CodeReference(TextOf(column?.Value)) { Row = row });
                    break;
            }
        }

        return codes.ToArray();
    }

    private static string TextOf(object? value) =>
        EmptyValue.Is(value) ? "" : NormalizedText.Of(LanguagePrimitives.ConvertTo<string>(value).Trim());
}
