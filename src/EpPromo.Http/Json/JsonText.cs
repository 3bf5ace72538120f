using System.Text.Json;

namespace EpPromo.Http.Json;

/// <summary>Parses the text of responses.</summary>
internal static class JsonText
{
    private static readonly JsonReaderOptions s_options = new()
    {
        MaxDepth = 32,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Parses a JSON object and reads it.</summary>
    /// <param name="text">The JSON.</param>
    /// <param name="read">Reads the object, to which the result must not refer.</param>
    /// <exception cref="InvalidResponseException">The text is not a JSON object, or <paramref name="read"/> rejects it.</exception>
    public static T Read<T>(Utf8Text text, Func<JsonFields, T> read) => read(Parse(text));

    /// <summary>A reader of a JSON text, or of one value in it.</summary>
    public static Utf8JsonReader NewReader(ReadOnlySpan<byte> text) => new(text, s_options);

    /// <summary>Checks the whole text, so that no part of it is invalid when it is read.</summary>
    private static JsonFields Parse(Utf8Text text)
    {
        try
        {
            // Half a surrogate pair passes the parser and throws only when the string is read.
            return JsonFields.Parse(JsonRepair.MayHoldSurrogates(text) ? JsonRepair.Repair(text) : text);
        }
        catch (JsonException)
        {
            try
            {
                return JsonFields.Parse(JsonRepair.Repair(text));
            }
            catch (JsonException)
            {
                throw InvalidResponseException.NotJsonObject();
            }
        }
    }
}
