using System.Text.Json.Nodes;

namespace EpPromo.Sandbox.Json;

/// <summary>Builds the JSON objects of responses.</summary>
internal static class JsonObjectExtensions
{
    /// <summary>Adds a field, unless it has no value: the API omits such fields.</summary>
    public static void AddUnlessNull(this JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }
}
