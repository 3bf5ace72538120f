using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EpPromo.Sandbox.State;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Faults.Actions;

/// <summary>Does the work and turns some values of its answer, one at least, into values of other types.</summary>
internal sealed class WrongTypesFault : IFault
{
    private const double Share = 0.2;

    public async Task InvokeAsync(HttpContext context, RequestDelegate work, FaultRule rule, SeededRandom random)
    {
        byte[] body = await Answer.HoldBackAsync(context, work);
        await Answer.SendAsync(context, Harm(body, random));
    }

    private static byte[] Harm(byte[] body, SeededRandom random)
    {
        JsonNode? root = Parse(body);
        List<JsonNode> values = [.. Below(root)];
        if (values.Count == 0)
        {
            return Encoding.UTF8.GetBytes("[true]");
        }

        int sure = random.Next(values.Count);
        for (int i = 0; i < values.Count; i++)
        {
            if (i == sure || random.NextDouble() < Share)
            {
                values[i].ReplaceWith(Other(values[i].GetValueKind(), random));
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
            // A file, or nothing at all: no values in it to harm.
            return null;
        }
    }

    /// <summary>All values in a tree, the deepest first, so that replacing one never orphans another still to come.</summary>
    private static IEnumerable<JsonNode> Below(JsonNode? node)
    {
        IEnumerable<JsonNode?> children = node switch
        {
            JsonObject json => json.Select(field => field.Value),
            JsonArray json => json,
            _ => [],
        };
        foreach (JsonNode child in children.OfType<JsonNode>())
        {
            foreach (JsonNode deeper in Below(child))
            {
                yield return deeper;
            }

            yield return child;
        }
    }

    private static JsonNode? Other(JsonValueKind kind, SeededRandom random)
    {
        JsonNode?[] others =
        [
            kind == JsonValueKind.String ? 42 : "text",
            kind == JsonValueKind.Array ? new JsonObject() : new JsonArray(1, "two"),
            kind == JsonValueKind.Object ? true : new JsonObject { ["odd"] = 1 },
            null,
            -1.5e300,
        ];
        return others[random.Next(others.Length)];
    }
}
