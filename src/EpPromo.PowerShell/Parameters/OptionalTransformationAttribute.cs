using System.Management.Automation;

namespace EpPromo.PowerShell.Parameters;

/// <summary>
/// Treats an empty argument as an omitted parameter: an empty cell of a table is <c>''</c>, in a database it is DBNull, in a script
/// <c>$null</c>. If the parameter is mandatory, PowerShell then reports that it is null.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal class OptionalTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>The value of the parameter if it is omitted, in a form that a user can specify.</summary>
    public object? Default { get; set; }

    /// <summary>The value of an empty item of a list; without it, such items are removed.</summary>
    public object? DefaultItem { get; set; }

    /// <inheritdoc/>
    public sealed override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        if (EmptyValue.Is(inputData))
        {
            return Default is null ? null : Read(Default);
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

    /// <summary>Converts a value that is not empty.</summary>
    private protected virtual object Read(object data) => data;
}
