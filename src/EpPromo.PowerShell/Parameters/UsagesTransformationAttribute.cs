using System.Collections;
using System.Globalization;
using System.Management.Automation;
using EpPromo.Api;

namespace EpPromo.PowerShell.Parameters;

/// <summary>
/// Converts what means a usage to <see cref="PromotionUsage"/>: a usage of Get-EpPromotionUsage, such an object from a file or another
/// process, a row with a column UsageId, or the id of a usage, of which nothing else is known then.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class UsagesTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (EmptyValue.Unwrapped(inputData) is null)
        {
            return null;
        }

        IEnumerable items = EmptyValue.Unwrapped(inputData) is not string && LanguagePrimitives.GetEnumerable(inputData) is { } list
            ? list
            : new[] { inputData };
        return items.Cast<object?>().Select(UsageOf).ToArray();
    }

    /// <summary>An empty value stays an empty id, so that only this one is an error.</summary>
    private static PromotionUsage UsageOf(object? item) => EmptyValue.Is(item) ? new() : EmptyValue.Unwrapped(item) switch
    {
        PromotionUsage usage => usage,
        string id => new() { UsageId = IdsTransformationAttribute.Text(id) },
        Guid id => new() { UsageId = IdsTransformationAttribute.Text(id) },
        _ => OfRow(PSObject.AsPSObject(item)),
    };

    private static PromotionUsage OfRow(PSObject row)
    {
        if (row.Properties[nameof(PromotionUsage.UsageId)] is null)
        {
            throw new ArgumentTransformationMetadataException(string.Format(CultureInfo.InvariantCulture, SR.DetailNotUsage, row));
        }

        return new PromotionUsage
        {
            UsageId = IdsTransformationAttribute.Text(Text(row, nameof(PromotionUsage.UsageId))),
            PromotionId = IdsTransformationAttribute.Text(Text(row, nameof(PromotionUsage.PromotionId))),
            PromotionName = Text(row, nameof(PromotionUsage.PromotionName)),
            Anonymized = bool.TryParse(Text(row, nameof(PromotionUsage.Anonymized)), out bool isAnonymized) && isAnonymized,
            Origin = Text(row, nameof(PromotionUsage.Store)) is { Length: > 0 } store ? new NamedStore(store) : null,
        };
    }

    private static string Text(PSObject row, string column) =>
        row.Properties[column]?.Value is { } value && !EmptyValue.Is(value) ? LanguagePrimitives.ConvertTo<string>(value).Trim() : "";
}
