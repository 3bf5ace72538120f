using System.Management.Automation;

namespace EpPromo.PowerShell.Sessions;

/// <summary>
/// Leaves no default when a row arrives. A row with a value that cannot be read never reaches the cmdlet, and the store of the row before
/// must not be used in its place.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class BeginConnectTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        SessionStores.Current.BeginConnect();
        return inputData;
    }
}
