using System.Management.Automation;
using System.Runtime.CompilerServices;

namespace EpPromo.PowerShell.Parameters;

/// <summary>
/// Takes jobs, promotions and rows for the ids of their promotions. The pipeline does that by property name; an argument would become
/// its text, which of a job is the job's own id. What is nothing among them stays an empty id: that one is an error then, and the others
/// are not.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PromotionIdsTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>
    /// The rows that ids came from. A cmdlet gets its parameters and not the row itself, which may hold more than they take.
    /// </summary>
    private static readonly ConditionalWeakTable<string[], PSObject> s_rows = new();

    /// <summary>The row that <paramref name="ids"/> came from; null when they came otherwise.</summary>
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
