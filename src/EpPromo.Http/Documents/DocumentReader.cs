using System.Text;
using System.Text.Json;
using EpPromo.Documents;
using EpPromo.Http.Json;

namespace EpPromo.Http.Documents;

/// <summary>Reads documents with the libraries of this assembly.</summary>
internal sealed class DocumentReader : IDocumentReader
{
    private static readonly JsonReaderOptions s_json = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <inheritdoc/>
    public object? ReadJson(string text)
    {
        try
        {
            Utf8JsonReader reader = new(Encoding.UTF8.GetBytes(text), s_json);
            reader.Read();
            object? value = JsonValueReader.Read(ref reader);

            // Throws if something follows.
            reader.Read();
            return value;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public object? ReadYaml(string text) => YamlValueReader.Read(text);
}
