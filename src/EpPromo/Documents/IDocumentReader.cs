namespace EpPromo.Documents;

/// <summary>Reads documents that people write, as values (<see cref="DocumentValue"/>).</summary>
internal interface IDocumentReader
{
    /// <summary>Reads JSON.</summary>
    /// <exception cref="FormatException">It is not JSON; the message says where.</exception>
    object? ReadJson(string text);
}
