using System.Text.Json;

namespace EpPromo.Http.Json;

/// <summary>
/// Reads fields that are only displayed, or that have a default: a value of the wrong type counts as missing. Fields that decide something,
/// such as an id, a status or a count that a run calculates with, are read by <see cref="JsonFields"/>.
/// </summary>
internal static class CosmeticFields
{
    /// <summary>A text, or null.</summary>
    public static string? CosmeticText(this JsonElement from, string name) => NullIfInvalid(() => from.Text(name));

    /// <summary>A whole number, or null.</summary>
    public static int? CosmeticNumber(this JsonElement from, string name) => NullIfInvalid(() => from.Number(name));

    /// <summary>A whole number that may be large, or null.</summary>
    public static long? CosmeticLongNumber(this JsonElement from, string name) => NullIfInvalid(() => from.LongNumber(name));

    /// <summary>A count, or null.</summary>
    public static int? CosmeticCount(this JsonElement from, string name) => NullIfInvalid(() => from.Count(name));

    /// <summary>Yes or no; null if it is missing or of the wrong type.</summary>
    public static bool? CosmeticFlag(this JsonElement from, string name) => from.Field(name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>A time, or null.</summary>
    public static DateTimeOffset? CosmeticTime(this JsonElement from, string name) => NullIfInvalid(() => from.Time(name));

    /// <summary>An object, or null.</summary>
    public static JsonElement? CosmeticObject(this JsonElement from, string name) => NullIfInvalid(() => from.Object(name));

    /// <summary>The objects of a list; none if it is missing or no list.</summary>
    public static IEnumerable<JsonElement> CosmeticObjects(this JsonElement from, string name) =>
        from.Field(name) is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)
            : [];

    private static T? NullIfInvalid<T>(Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidResponseException)
        {
            return default;
        }
    }
}
