using System.Management.Automation;
using System.Runtime.CompilerServices;

namespace EpPromo.PowerShell.Parameters;

/// <summary>
/// Converts jobs, promotions and rows to the ids of their promotions. The pipeline does that by property name; an argument would be
/// converted to text instead, which for a job is its own id. An empty item stays an empty id, so that only this one is an error.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PromotionIdsTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>
    /// The rows that ids came from. A cmdlet gets its parameters, not the row itself, which may have more columns.
    /// </summary>
    private static readonly ConditionalWeakTable<string[], PSObject> s_rows = new();

    /// <summary>The row that <paramref name="ids"/> came from; null if they came from something else.</summary>
    public static PSObject? RowOf(string[] ids) => s_rows.TryGetValue(ids, out PSObject? row) ? row : null;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (EmptyValue.Unwrapped(inputData) is null)
        {
            return null;
        }

        if (inputData is not string && LanguagePrimitives.GetEnumerable(inputData) is { } items)
        {
            return items.Cast<object?>().Select(IdOf).ToArray();
        }

        string[] ids = [IdOf(inputData)];
        if (EmptyValue.Unwrapped(inputData) is not string)
        {
            s_rows.Add(ids, PSObject.AsPSObject(inputData));
        }

        return ids;
    }

    private static string IdOf(object? item)
    {
        object? id = EmptyValue.Is(item) || EmptyValue.Unwrapped(item) is string
            ? item
            : PSObject.AsPSObject(item).Properties[nameof(Promotion.PromotionId)] is { } property ? property.Value : item;
        return EmptyValue.Is(id) ? "" : IdsTransformationAttribute.Text(id!);
    }
}
