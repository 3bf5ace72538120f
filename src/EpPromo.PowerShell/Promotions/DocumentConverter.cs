using System.Collections;
using System.Collections.Specialized;
using System.Globalization;
using System.Management.Automation;
using EpPromo.Documents;

namespace EpPromo.PowerShell.Promotions;

/// <summary>
/// Converts PowerShell's objects to the values of a document (<see cref="DocumentValue"/>): hashtables, objects such as those of
/// ConvertFrom-Json, lists, texts, numbers, flags and times.
/// </summary>
internal static class DocumentConverter
{
    /// <summary>As deep as JSON can be read. An object can contain itself.</summary>
    private const int MaxDepth = 64;

    /// <summary>The value of <paramref name="data"/>.</summary>
    /// <exception cref="FormatException">It contains an object that no document can hold; the message is its type.</exception>
    public static object? Convert(object? data) => Convert(data, 0);

    private static object? Convert(object? data, int depth) => depth > MaxDepth ? throw new FormatException(SR.DetailTooDeep) : Unwrapped(data) switch
    {
        null or DBNull => null,
        string or bool or decimal => Unwrapped(data),
        double real => Number(real),
        float real => Number(real),
        SwitchParameter flag => flag.IsPresent,
        DateTime time => ToText(time.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(time, DateTimeKind.Local) : time),
        DateTimeOffset time => ToText(time.UtcDateTime),
        Enum or char or Guid or Uri => Unwrapped(data)!.ToString(),
        ulong number => (decimal)number,
        sbyte or byte or short or ushort or int or uint or long => System.Convert.ToInt64(Unwrapped(data), CultureInfo.InvariantCulture),
        IDictionary fields => ToObject(fields.Keys.Cast<object>().Select(key => (key.ToString(), (object?)fields[key])), depth + 1),
        IEnumerable items => items.Cast<object?>().Select(item => Convert(item, depth + 1)).ToArray(),
        PSCustomObject => ToObject(((PSObject)data!).Properties.Select(property => (property.Name, (object?)property.Value)), depth + 1),
        var other => throw new FormatException(string.Format(CultureInfo.InvariantCulture, SR.DetailUnsupportedValue, other!.GetType().Name)),
    };

    private static OrderedDictionary ToObject(IEnumerable<(string Name, object? Value)> fields, int depth)
    {
        (string Name, object? Value)[] all = [.. fields];
        OrderedDictionary result = DocumentValue.NewObject(all.Select(field => field.Name));
        foreach ((string name, object? value) in all)
        {
            result[name] = Convert(value, depth);
        }

        return result;
    }

    private static double Number(double real) => double.IsNaN(real) || double.IsInfinity(real)
        ? throw new FormatException(string.Format(CultureInfo.InvariantCulture, SR.DetailNoJsonNumber, real))
        : real;

    private static object? Unwrapped(object? data) =>
        data is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : data is PSObject custom ? custom.BaseObject : data;

    /// <summary>ConvertFrom-Json turns texts that look like times into times; here they become texts again.</summary>
    private static string ToText(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
