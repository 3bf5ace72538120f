using System.Text;
using System.Text.Json;
using EpPromo.Text;

namespace EpPromo.Http.Json;

/// <summary>
/// Reads fields that decide something. It is liberal: a missing field and a null are the same, and a number may come as a string or the other
/// way round. But a value that cannot be what the field means makes the response invalid. For fields that are only displayed, see
/// <see cref="CosmeticFields"/>.
/// </summary>
internal static class StrictFields
{
    /// <summary>A text without control characters; null when missing.</summary>
    public static string? Text(this JsonFields from, ReadOnlySpan<byte> name) =>
        from.Field(name).TryGetText(out string? text) ? text : throw WrongType(name);

    /// <summary>
    /// A text that identifies something: an id, a code, a link. A number is of the wrong type here, because what it would name does not
    /// exist. Null when missing or empty.
    /// </summary>
    public static string? Key(this JsonFields from, ReadOnlySpan<byte> name)
    {
        JsonValue value = from.Field(name);
        return (value.Type == JsonTokenType.String || value.IsNull) && value.TryGetText(out string? text)
            ? text.NullIfEmpty()
            : throw WrongType(name);
    }

    /// <summary>A <see cref="Key"/> that must be present.</summary>
    public static string RequiredKey(this JsonFields from, ReadOnlySpan<byte> name) => from.Key(name) ?? throw Missing(name);

    /// <summary>A whole number; null when missing.</summary>
    public static int? Number(this JsonFields from, ReadOnlySpan<byte> name) =>
        from.Field(name).TryGetNumber(out long? number) && number is null or (>= int.MinValue and <= int.MaxValue)
            ? (int?)number
            : throw WrongType(name);

    /// <summary>A number that is not negative; null when missing.</summary>
    public static int? Count(this JsonFields from, ReadOnlySpan<byte> name)
    {
        int? count = from.Number(name);
        return count < 0 ? throw WrongType(name) : count;
    }

    /// <summary>A flag; false when missing.</summary>
    public static bool Flag(this JsonFields from, ReadOnlySpan<byte> name)
    {
        JsonValue value = from.Field(name);
        return value.Type switch
        {
            JsonTokenType.None or JsonTokenType.Null or JsonTokenType.False => false,
            JsonTokenType.True => true,
            JsonTokenType.String when bool.TryParse(value.GetString(), out bool flag) => flag,
            _ => throw WrongType(name),
        };
    }

    /// <summary>A time, in UTC when it has no zone; null when missing or blank.</summary>
    public static DateTimeOffset? Time(this JsonFields from, ReadOnlySpan<byte> name) =>
        from.Field(name).TryGetTime(out DateTimeOffset? time) ? time : throw WrongType(name);

    /// <summary>An object; null when missing.</summary>
    public static JsonFields? Object(this JsonFields from, ReadOnlySpan<byte> name)
    {
        JsonValue value = from.Field(name);
        return value.IsNull ? null : value.Type == JsonTokenType.StartObject ? from.Inner(value) : throw WrongType(name);
    }

    /// <summary>The object <c>data</c>, which must be present.</summary>
    public static JsonFields Data(this JsonFields from) => from.Object("data"u8) ?? throw Missing("data"u8);

    /// <summary>Reads the objects of a list that must be present; null is an empty list, as some servers write it.</summary>
    /// <param name="from">The object that has the list.</param>
    /// <param name="name">The name of the list.</param>
    /// <param name="read">Callback: reads an object.</param>
    public static IReadOnlyList<T> Objects<T>(this JsonFields from, ReadOnlySpan<byte> name, Func<JsonFields, T> read)
    {
        JsonValue list = from.Field(name);
        return list.Type switch
        {
            JsonTokenType.None => throw Missing(name),
            JsonTokenType.Null => [],
            JsonTokenType.StartArray when JsonFields.ReadObjects(list, read, out bool isComplete) is var objects && isComplete => objects,
            _ => throw WrongType(name),
        };
    }

    private static InvalidResponseException Missing(ReadOnlySpan<byte> name) =>
        InvalidResponseException.Missing(Encoding.UTF8.GetString(name.ToArray()));

    private static InvalidResponseException WrongType(ReadOnlySpan<byte> name) =>
        InvalidResponseException.WrongType(Encoding.UTF8.GetString(name.ToArray()));
}
