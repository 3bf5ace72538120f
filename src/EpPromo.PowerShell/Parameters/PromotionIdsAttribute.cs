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
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object data = inputData is PSObject { BaseObject: object[] inner } ? inner : inputData;
        return data is object[] items ? items.Select(IdOf).ToArray() : IdOf(data);
    }

    private static object IdOf(object item) =>
        item is null or string ? item! : PSObject.AsPSObject(item).Properties[nameof(Promotion.PromotionId)]?.Value ?? item;
}
