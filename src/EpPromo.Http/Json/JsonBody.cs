using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EpPromo.Http.Json;

/// <summary>Writes request bodies, without blanks.</summary>
internal static class JsonBody
{
    /// <summary>The body <c>{"data":{…}}</c>.</summary>
    /// <param name="type">The API's name of the resource.</param>
    /// <param name="writeFields">Writes the other fields of <c>data</c>.</param>
    public static string Write(string type, Action<Utf8JsonWriter> writeFields)
    {
        using MemoryStream body = new();
        using (Utf8JsonWriter writer = new(body))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("data");
            writer.WriteString("type", type);
            writeFields(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(body.ToArray());
    }

    /// <summary>
    /// Writes a text; leaves the field out when it is null. The writer's own encoders, even the relaxed one, escape emoji and many other
    /// characters. Here all stay as they are that JSON allows.
    /// </summary>
    public static void WriteText(this Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(Encoding.UTF8.GetBytes(Quote(value)));
        }
    }

    /// <summary>Writes a number; leaves the field out when it is null.</summary>
    public static void WriteNumber(this Utf8JsonWriter writer, string name, int? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }

    private static string Quote(string value)
    {
        StringBuilder quoted = new("\"", value.Length + 2);
        foreach (char c in value)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\b' => quoted.Append("\\b"),
                '\t' => quoted.Append("\\t"),
                '\n' => quoted.Append("\\n"),
                '\f' => quoted.Append("\\f"),
                '\r' => quoted.Append("\\r"),

                // The last three are line ends to JavaScript.
                < ' ' or '\u0085' or '\u2028' or '\u2029' => quoted.AppendFormat(CultureInfo.InvariantCulture, "\\u{0:x4}", (int)c),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }
}
