using System.Globalization;
using System.Text.Json;
using EpPromo.Text;

namespace EpPromo.Http.Json;

/// <summary>
/// Reads the fields of an object. It is liberal: a missing field and a null are the same, and a number may come as a string or the other way
/// round. But a value that cannot be what the field means makes the response invalid. For fields that are only displayed, see
/// <see cref="CosmeticFields"/>.
/// </summary>
internal static class JsonFields
{
    /// <summary>
    /// The field as it is, a JSON null included; null when it is missing. Of several fields with the name, the last one counts.
    /// </summary>
    public static JsonElement? Field(this JsonElement from, string name) => from.TryGetProperty(name, out JsonElement field) ? field : null;

    /// <summary>A text without control characters; null when missing.</summary>
    public static string? Text(this JsonElement from, string name) => from.Value(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => DisplayText.Clean(value.GetString()!),
        { ValueKind: JsonValueKind.Number } value => value.GetRawText(),
        { ValueKind: JsonValueKind.True } => bool.TrueString,
        { ValueKind: JsonValueKind.False } => bool.FalseString,
        _ => throw InvalidResponseException.WrongType(name),
    };

    /// <summary>
    /// A text that identifies something: an id, a code, a link. A number is of the wrong type here, because what it would name does not
    /// exist. Null when missing or empty.
    /// </summary>
    public static string? Key(this JsonElement from, string name) =>
        from.Value(name) is not (null or { ValueKind: JsonValueKind.String })
            ? throw InvalidResponseException.WrongType(name)
            : from.Text(name).NullIfEmpty();

    /// <summary>A <see cref="Key"/> that must be present.</summary>
    public static string RequiredKey(this JsonElement from, string name) => from.Key(name) ?? throw InvalidResponseException.Missing(name);

    /// <summary>A whole number; null when missing.</summary>
    public static int? Number(this JsonElement from, string name) => from.LongNumber(name) switch
    {
        null => null,
        >= int.MinValue and <= int.MaxValue and { } number => (int)number,
        _ => throw InvalidResponseException.WrongType(name),
    };

    /// <summary>A whole number that may be large; null when missing.</summary>
    public static long? LongNumber(this JsonElement from, string name)
    {
        if (from.Value(name) is not { } value)
        {
            return null;
        }

        string? text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
            && number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue
                ? (long)number
                : throw InvalidResponseException.WrongType(name);
    }

    /// <summary>A number that is not negative; null when missing.</summary>
    public static int? Count(this JsonElement from, string name)
    {
        int? count = from.Number(name);
        return count < 0 ? throw InvalidResponseException.WrongType(name) : count;
    }

    /// <summary>A flag; false when missing.</summary>
    public static bool Flag(this JsonElement from, string name) => from.Value(name) switch
    {
        null or { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.String } value when bool.TryParse(value.GetString(), out bool flag) => flag,
        _ => throw InvalidResponseException.WrongType(name),
    };

    /// <summary>A time, in UTC when it has no zone; null when missing or blank.</summary>
    public static DateTimeOffset? Time(this JsonElement from, string name) => from.Value(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value when string.IsNullOrWhiteSpace(value.GetString()) => null,
        { ValueKind: JsonValueKind.String } value when TimestampText.TryParse(value.GetString()!, out DateTimeOffset time) => time,
        _ => throw InvalidResponseException.WrongType(name),
    };

    /// <summary>An object; null when missing.</summary>
    public static JsonElement? Object(this JsonElement from, string name) => from.Value(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } value => value,
        _ => throw InvalidResponseException.WrongType(name),
    };

    /// <summary>The object <c>data</c>, which must be present.</summary>
    public static JsonElement Data(this JsonElement from) => from.Object("data") ?? throw InvalidResponseException.Missing("data");

    /// <summary>The objects of a list that must be present; null is an empty list, as some servers write it.</summary>
    public static IEnumerable<JsonElement> Objects(this JsonElement from, string name) => from.Field(name) switch
    {
        null => throw InvalidResponseException.Missing(name),
        { ValueKind: JsonValueKind.Null } => [],
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Select(
            item => item.ValueKind == JsonValueKind.Object ? item : throw InvalidResponseException.WrongType(name)),
        _ => throw InvalidResponseException.WrongType(name),
    };

    /// <summary>The field; null when it is missing or a JSON null.</summary>
    private static JsonElement? Value(this JsonElement from, string name) =>
        from.Field(name) is { ValueKind: not JsonValueKind.Null } value ? value : null;
}
