using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Management.Automation.Language;

namespace EpPromo.PowerShell.Parameters;

/// <summary>The spellings of nothing that PowerShell, its tables and its databases have.</summary>
internal static class EmptyValue
{
    /// <summary>Whether <paramref name="data"/> is nothing: null in any form, an empty database field, or a text of white space alone.</summary>
    public static bool Is(object? data)
    {
        object? value = Unwrapped(data);
        return value is null or DBNull or NullString || ReferenceEquals(value, AutomationNull.Value)
            || (value is string text && string.IsNullOrWhiteSpace(text));
    }

    /// <summary>The value itself, without the wrapping that PowerShell may have put around it.</summary>
    public static object? Unwrapped(object? data) => data is PSObject wrapped && !ReferenceEquals(data, AutomationNull.Value) ? wrapped.BaseObject : data;
}
