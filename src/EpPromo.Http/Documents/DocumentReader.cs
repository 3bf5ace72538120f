using System.Text.Json;
using EpPromo.Documents;
using EpPromo.Http.Json;

namespace EpPromo.Http.Documents;

/// <summary>Reads documents with the libraries of this assembly.</summary>
internal sealed class DocumentReader : IDocumentReader
{
    private static readonly JsonDocumentOptions s_json = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <inheritdoc/>
    public object? ReadJson(string text)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text, s_json);
            return JsonValueReader.Read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public object? ReadYaml(string text) => YamlValueReader.Read(text);
}
