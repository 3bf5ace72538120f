using System.Text.Json;

namespace EpPromo.Http.Json;

/// <summary>
/// Reads fields that are only displayed, or that have a default: a value of the wrong type counts as missing. Fields that decide something,
/// such as an id, a status or a count that a run calculates with, are read by <see cref="StrictFields"/>.
/// </summary>
internal static class CosmeticFields
{
    /// <summary>A text, or null.</summary>
    public static string? CosmeticText(this JsonFields from, ReadOnlySpan<byte> name) => from.Field(name).TryGetText(out string? text) ? text : null;

    /// <summary>A whole number, or null.</summary>
    public static int? CosmeticNumber(this JsonFields from, ReadOnlySpan<byte> name) =>
        from.CosmeticLongNumber(name) is >= int.MinValue and <= int.MaxValue and { } number ? (int)number : null;

    /// <summary>A whole number that may be large, or null.</summary>
    public static long? CosmeticLongNumber(this JsonFields from, ReadOnlySpan<byte> name) =>
        from.Field(name).TryGetNumber(out long? number) ? number : null;

    /// <summary>A count, or null.</summary>
    public static int? CosmeticCount(this JsonFields from, ReadOnlySpan<byte> name) => from.CosmeticNumber(name) is >= 0 and { } count ? count : null;

    /// <summary>Yes or no; null if it is missing or of the wrong type.</summary>
    public static bool? CosmeticFlag(this JsonFields from, ReadOnlySpan<byte> name) => from.Field(name).Type switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => null,
    };

    /// <summary>A time, or null.</summary>
    public static DateTimeOffset? CosmeticTime(this JsonFields from, ReadOnlySpan<byte> name) =>
        from.Field(name).TryGetTime(out DateTimeOffset? time) ? time : null;

    /// <summary>An object, or null.</summary>
    public static JsonFields? CosmeticObject(this JsonFields from, ReadOnlySpan<byte> name) =>
        from.Field(name) is { Type: JsonTokenType.StartObject } value ? from.Inner(value) : null;

    /// <summary>Reads the objects of a list; none if it is missing or no list.</summary>
    public static IReadOnlyList<T> CosmeticObjects<T>(this JsonFields from, ReadOnlySpan<byte> name, Func<JsonFields, T> read) =>
        from.Field(name) is { Type: JsonTokenType.StartArray } list ? JsonFields.ReadObjects(list, read, out _) : [];

    /// <summary>The strings of a list, as they are; none if it is missing or no list.</summary>
    public static IReadOnlyList<string> CosmeticStrings(this JsonFields from, ReadOnlySpan<byte> name)
    {
        List<string> strings = [];
        if (from.Field(name) is { Type: JsonTokenType.StartArray } list)
        {
            Utf8JsonReader reader = list.CreateReader();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType == JsonTokenType.String)
                {
                    strings.Add(reader.GetString()!);
                }

                reader.Skip();
            }
        }

        return strings;
    }
}
