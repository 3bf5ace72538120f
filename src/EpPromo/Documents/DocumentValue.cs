using System.Collections.Specialized;

namespace EpPromo.Documents;

/// <summary>
/// A value as JSON has it, in the types that PowerShell works with: null, <see cref="bool"/>, <see cref="string"/>, <see cref="long"/>,
/// <see cref="decimal"/>, <see cref="double"/>, an array of values, or an <see cref="OrderedDictionary"/> of values by text.
/// </summary>
internal static class DocumentValue
{
    /// <summary>
    /// An empty object. Its keys ignore case, as PowerShell users expect, unless two of <paramref name="keys"/> differ in their case only.
    /// </summary>
    public static OrderedDictionary NewObject(IEnumerable<string> keys) => new(ComparerFor(keys));

    /// <summary>How the keys of an object are compared.</summary>
    public static StringComparer ComparerFor(IEnumerable<string> keys) =>
        keys.GroupBy(key => key, StringComparer.OrdinalIgnoreCase).All(same => same.Distinct(StringComparer.Ordinal).Count() == 1)
            ? StringComparer.OrdinalIgnoreCase
            : StringComparer.Ordinal;

    /// <summary>The keys of an object.</summary>
    public static IEnumerable<string> Keys(OrderedDictionary value) => value.Keys.Cast<string>();

    /// <summary>A copy that shares no object or array with <paramref name="value"/>.</summary>
    public static object? Copy(object? value) => value switch
    {
        OrderedDictionary fields => CopyInto(NewObject(Keys(fields)), fields),
        object?[] items => items.Select(Copy).ToArray(),
        _ => value,
    };

    /// <summary>Adds copies of all fields.</summary>
    public static OrderedDictionary CopyInto(OrderedDictionary copy, OrderedDictionary fields)
    {
        foreach (string key in Keys(fields))
        {
            copy[key] = Copy(fields[key]);
        }

        return copy;
    }

    /// <summary>Whether two values mean the same: the order of fields does not matter, and 10 is 10.0.</summary>
    public static bool AreEqual(object? one, object? other) => DocumentJson.Canonical(one) == DocumentJson.Canonical(other);

    /// <summary>
    /// Whether <paramref name="found"/> is <paramref name="sent"/>, or has further fields beside: a store may fill in its defaults. It may also
    /// omit what is empty.
    /// </summary>
    public static bool Contains(object? found, object? sent) => (found, sent) switch
    {
        (OrderedDictionary all, OrderedDictionary some) => Keys(some).All(key => Contains(all[key], some[key])),
        (object?[] all, object?[] some) => all.Length == some.Length && all.Zip(some, Contains).All(same => same),
        _ => IsEmpty(sent) ? IsEmpty(found) : AreEqual(found, sent),
    };

    private static bool IsEmpty(object? value) => value switch
    {
        null or "" => true,
        OrderedDictionary fields => fields.Values.Cast<object?>().All(IsEmpty),
        object?[] items => items.Length == 0,
        _ => false,
    };
}
