using System.Text;
using System.Text.Json;
using EpPromo.Documents;

namespace EpPromo.Http.Json;

/// <summary>Writes request bodies, without blanks.</summary>
internal static class JsonBody
{
    /// <summary>The body <c>{"data":{…}}</c>.</summary>
    /// <param name="type">The API's name of the resource; null if the body has none.</param>
    /// <param name="writeFields">Writes the other fields of <c>data</c>.</param>
    public static string Write(string? type, Action<Utf8JsonWriter> writeFields)
    {
        using MemoryStream body = new();
        using (Utf8JsonWriter writer = new(body))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("data");
            writer.WriteText("type", type);
            writeFields(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(body.ToArray());
    }

    /// <summary>
    /// Writes a text; leaves the field out when it is null. The writer's own encoders, even the relaxed one, escape emoji and many other
    /// characters.
    /// </summary>
    public static void WriteText(this Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(Encoding.UTF8.GetBytes(DocumentJson.Quote(value)));
        }
    }

    /// <summary>Writes a value (<see cref="DocumentValue"/>); leaves the field out when it is null.</summary>
    public static void WriteValue(this Utf8JsonWriter writer, string name, object? value)
    {
        if (value is not null)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(Encoding.UTF8.GetBytes(DocumentJson.Of(value)));
        }
    }

    /// <summary>Writes a flag; leaves the field out when it is null.</summary>
    public static void WriteFlag(this Utf8JsonWriter writer, string name, bool? value)
    {
        if (value is { } flag)
        {
            writer.WriteBoolean(name, flag);
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
}
