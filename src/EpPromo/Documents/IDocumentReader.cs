namespace EpPromo.Documents;

/// <summary>Reads documents that people write, as values (<see cref="DocumentValue"/>).</summary>
internal interface IDocumentReader
{
    /// <summary>Reads JSON.</summary>
    /// <exception cref="FormatException">It is not JSON; the message says where.</exception>
    object? ReadJson(string text);

    /// <summary>Reads YAML of one document; null if it is empty.</summary>
    /// <exception cref="FormatException">It is not YAML; the message says where.</exception>
    object? ReadYaml(string text);
}
