using System.Collections.Specialized;
using System.Globalization;
using System.Text;
using System.Text.Json;
using EpPromo.Documents;
using EpPromo.Text;

namespace EpPromo.Http.Json;

/// <summary>Reads JSON of any form as a value (<see cref="DocumentValue"/>). Of several fields with one name, the last one counts.</summary>
internal static class JsonValueReader
{
    /// <summary>A value from a store: its texts are cleaned like all texts of a store (<see cref="DisplayText"/>).</summary>
    /// <exception cref="InvalidResponseException">It contains a number that is too large.</exception>
    public static object? ReadClean(JsonValue value)
    {
        try
        {
            Utf8JsonReader reader = value.CreateReader();
            return Read(ref reader, DisplayText.Clean);
        }
        catch (FormatException)
        {
            throw InvalidResponseException.WrongType("rule_set");
        }
    }

    /// <summary>Reads the value that <paramref name="reader"/> is at, and moves to its end.</summary>
    /// <exception cref="FormatException">It contains a number that is too large.</exception>
    public static object? Read(ref Utf8JsonReader reader) => Read(ref reader, text => text);

    private static object? Read(ref Utf8JsonReader reader, Func<string, string> convert) => reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadObject(ref reader, convert),
        JsonTokenType.StartArray => ReadList(ref reader, convert),
        JsonTokenType.String => convert(reader.GetString()!),
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Number => ReadNumber(Encoding.UTF8.GetString(reader.ValueSpan.ToArray())),
        _ => null,
    };

    private static OrderedDictionary ReadObject(ref Utf8JsonReader reader, Func<string, string> convert)
    {
        List<(string Name, object? Value)> fields = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = convert(reader.GetString()!);
            reader.Read();
            fields.Add((name, Read(ref reader, convert)));
        }

        OrderedDictionary values = DocumentValue.NewObject(fields.Select(field => field.Name));
        foreach ((string name, object? value) in fields)
        {
            values[name] = value;
        }

        return values;
    }

    private static object?[] ReadList(ref Utf8JsonReader reader, Func<string, string> convert)
    {
        List<object?> items = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Read(ref reader, convert));
        }

        return [.. items];
    }

    private static object ReadNumber(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) ? whole
        : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) ? number
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double real) && !double.IsInfinity(real) ? real
        : throw new FormatException(string.Format(CultureInfo.InvariantCulture, SR.DetailNoJsonNumber, text));
}
