using System.Management.Automation;

namespace EpPromo.PowerShell.Parameters;

/// <summary>
/// Takes nothing, however it is spelled, for the parameter left out: a table has <c>''</c> where a cell is empty, a database DBNull, a
/// script <c>$null</c>. Where the parameter is mandatory, PowerShell then says that it is null.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal class OptionalTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>What the parameter is when it is left out.</summary>
    public object? Default { get; set; }

    /// <summary>What an item of a list is that is nothing; without it, such items are left out.</summary>
    public object? DefaultItem { get; set; }

    /// <inheritdoc/>
    public sealed override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (EmptyValue.Is(inputData))
        {
            return Default;
        }

        object data = EmptyValue.Unwrapped(inputData)!;
        if (data is string || LanguagePrimitives.GetEnumerable(data) is not { } items)
        {
            return Read(data);
        }

        object[] read = [.. items.Cast<object?>()
            .Select(item => EmptyValue.Is(item) ? DefaultItem : Read(EmptyValue.Unwrapped(item)!))
            .OfType<object>()];
        return read.Length == 0 ? Default : read;
    }

    /// <summary>Reads a value that is something.</summary>
    private protected virtual object Read(object data) => data;
}
