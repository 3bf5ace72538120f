using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Management.Automation.Language;

namespace EpPromo.PowerShell.Parameters;

/// <summary>The forms that an empty value has in PowerShell, tables and databases.</summary>
internal static class EmptyValue
{
    /// <summary>Whether <paramref name="data"/> is empty: null in any form, an empty database field, or text of white space only.</summary>
    public static bool Is(object? data)
    {
        object? value = Unwrapped(data);
        return value is null or DBNull or NullString || ReferenceEquals(value, AutomationNull.Value)
            || (value is string text && string.IsNullOrWhiteSpace(text));
    }

    /// <summary>The value itself, without the object that PowerShell may have wrapped it in.</summary>
    public static object? Unwrapped(object? data) => data is PSObject wrapped && !ReferenceEquals(data, AutomationNull.Value) ? wrapped.BaseObject : data;
}
