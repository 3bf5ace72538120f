using System.Management.Automation;

namespace EpPromo.PowerShell;

/// <summary>
/// Takes jobs, promotions and rows for the ids of their promotions. The pipeline does that by property name; an argument would become
/// its text, which of a job is the job's own id.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PromotionIdsAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        LanguagePrimitives.GetEnumerable(inputData) is { } items ? items.Cast<object>().Select(IdOf).ToArray() : IdOf(inputData);

    private static object IdOf(object item) =>
        item is null or string ? item! : PSObject.AsPSObject(item).Properties[nameof(Promotion.PromotionId)]?.Value ?? item;
}
