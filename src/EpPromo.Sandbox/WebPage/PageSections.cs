using System.Text.Json;

namespace EpPromo.Sandbox.WebPage;

/// <summary>The data of the page at one time, section by section, so that only the sections that change have to be sent again.</summary>
/// <param name="now">The server's time.</param>
/// <param name="sections">The JSON of each section by its name.</param>
internal sealed class PageSections(DateTimeOffset now, IReadOnlyDictionary<string, byte[]> sections)
{
    // The default encoder also escapes the characters that mean something in HTML.
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { Converters = { new UnixTimeConverter() } };

    public bool IsEmpty => sections.Count == 0;

    public static PageSections Of(DateTimeOffset now, params IEnumerable<(string Name, object Content)> sections) =>
        new(now, sections.ToDictionary(section => section.Name, section => JsonSerializer.SerializeToUtf8Bytes(section.Content, s_json)));

    /// <summary>The sections that differ from earlier ones.</summary>
    /// <param name="earlier">Null if nothing was sent before.</param>
    public PageSections ChangesSince(PageSections? earlier) => earlier is null
        ? this
        : new PageSections(now, sections.Where(section => !earlier.Has(section)).ToDictionary());

    public byte[] ToJson()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteNumber("now", now.ToUnixTimeMilliseconds());
            foreach ((string name, byte[] content) in sections)
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(content);
            }

            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private bool Has(KeyValuePair<string, byte[]> section) =>
        sections.TryGetValue(section.Key, out byte[]? content) && content.AsSpan().SequenceEqual(section.Value);
}
