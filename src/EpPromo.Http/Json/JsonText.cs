using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace EpPromo.Http;

/// <summary>Turns text into JSON without any of the conveniences that a hostile answer could use.</summary>
internal static class JsonText
{
    private const int MaxDepth = 32;

    /// <summary>The object that <paramref name="text"/> is.</summary>
    /// <exception cref="UnreadableException">It is something else.</exception>
    public static JObject Parse(string text)
    {
        // Dates stay texts: Newtonsoft.Json would lose the ninth fractional digit and the offset (api-contract.md section 5).
        using JsonTextReader reader = new(new StringReader(text)) { DateParseHandling = DateParseHandling.None, MaxDepth = MaxDepth };
        try
        {
            JObject parsed = JObject.Load(reader);
            return reader.Read() ? throw UnreadableException.NotJson() : parsed;
        }
        catch (JsonException)
        {
            throw UnreadableException.NotJson();
        }
    }
}
