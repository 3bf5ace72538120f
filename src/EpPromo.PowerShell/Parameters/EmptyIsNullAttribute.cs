using System.Management.Automation;

namespace EpPromo.PowerShell;

/// <summary>
/// Takes an empty text for nothing at all. A CSV row has an empty text where a cell is empty, and PowerShell would make 0 of it: codes
/// that nobody can use.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EmptyIsNullAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override bool TransformNullOptionalParameters => false;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        (inputData is PSObject { BaseObject: { } inner } ? inner : inputData) is string text && text.Trim().Length == 0 ? null : inputData;
}
