using System.Text;
using System.Text.Json;

namespace EpPromo.Http.Json;

/// <summary>Parses the text of responses.</summary>
internal static class JsonText
{
    private static readonly JsonDocumentOptions s_options = new()
    {
        MaxDepth = 32,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Parses a JSON object and reads it.</summary>
    /// <param name="text">The JSON.</param>
    /// <param name="read">Reads the object, which is disposed afterwards: the result must not refer to it.</param>
    /// <exception cref="InvalidResponseException">The text is not a JSON object, or <paramref name="read"/> rejects it.</exception>
    public static T Read<T>(string text, Func<JsonElement, T> read)
    {
        using JsonDocument document = Parse(text);
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? read(document.RootElement)
            : throw InvalidResponseException.NotJsonObject();
    }

    private static JsonDocument Parse(string text)
    {
        try
        {
            // Half a surrogate pair passes the parser and throws only when the string is read.
            return ParseExactly(JsonRepair.MayHoldSurrogates(text) ? JsonRepair.Repair(text) : text);
        }
        catch (JsonException)
        {
            try
            {
                return ParseExactly(JsonRepair.Repair(text));
            }
            catch (JsonException)
            {
                throw InvalidResponseException.NotJsonObject();
            }
        }
    }

    private static JsonDocument ParseExactly(string text) => JsonDocument.Parse(Encoding.UTF8.GetBytes(text), s_options);
}
