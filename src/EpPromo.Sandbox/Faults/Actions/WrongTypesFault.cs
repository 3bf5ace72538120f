using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EpPromo.Sandbox.Store;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Faults.Actions;

/// <summary>Processes the request and replaces some values of the response, at least one, with values of other types.</summary>
internal sealed class WrongTypesFault : IFault
{
    private const double Probability = 0.2;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next, FaultRule rule, SeededRandom random)
    {
        byte[] body = await BufferedResponse.CaptureAsync(context, next);
        await BufferedResponse.SendAsync(context, Corrupt(body, random));
    }

    private static byte[] Corrupt(byte[] body, SeededRandom random)
    {
        JsonNode? root = Parse(body);
        List<JsonNode> values = [.. Descendants(root)];
        if (values.Count == 0)
        {
            return Encoding.UTF8.GetBytes("[true]");
        }

        int certain = random.Next(values.Count);
        for (int i = 0; i < values.Count; i++)
        {
            if (i == certain || random.NextDouble() < Probability)
            {
                values[i].ReplaceWith(ValueOfOtherType(values[i].GetValueKind(), random));
            }
        }

        return Encoding.UTF8.GetBytes(root?.ToJsonString() ?? "null");
    }

    private static JsonNode? Parse(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            // A file or an empty body has no values to replace.
            return null;
        }
    }

    /// <summary>All values of a tree, children before parents, so that replacing a value never detaches one that comes later.</summary>
    private static IEnumerable<JsonNode> Descendants(JsonNode? node)
    {
        IEnumerable<JsonNode?> children = node switch
        {
            JsonObject json => json.Select(field => field.Value),
            JsonArray json => json,
            _ => [],
        };
        foreach (JsonNode child in children.OfType<JsonNode>())
        {
            foreach (JsonNode descendant in Descendants(child))
            {
                yield return descendant;
            }

            yield return child;
        }
    }

    private static JsonNode? ValueOfOtherType(JsonValueKind kind, SeededRandom random)
    {
        JsonNode?[] others =
        [
            kind == JsonValueKind.String ? 42 : "text",
            kind == JsonValueKind.Array ? new JsonObject() : new JsonArray(1, "two"),
            kind == JsonValueKind.Object ? true : new JsonObject { ["unexpected"] = 1 },
            null,
            -1.5e300,
        ];
        return others[random.Next(others.Length)];
    }
}
