using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace EpPromo.UnitTests.Sandbox;

/// <summary>A response of the sandbox, with its body as text and as JSON.</summary>
internal sealed record SandboxResponse(HttpStatusCode Status, string Text, HttpResponseHeaders Headers, string? MediaType)
{
    public JsonNode Json => JsonNode.Parse(Text) ?? throw new InvalidOperationException("The body is null.");

    public string Id => (string)this["data", "id"]!;

    public string JobStatus => (string)this["data", "status"]!;

    /// <summary>The value at a path of field names and array indexes; null if there is none.</summary>
    public JsonNode? this[params object[] path]
    {
        get
        {
            JsonNode? node = Json;
            foreach (object step in path)
            {
                node = step is int index ? node?[index] : node?[(string)step];
            }

            return node;
        }
    }

    /// <summary>Asserts that this is a published error.</summary>
    public void AssertError(int status, string title, string? detail = null)
    {
        Assert.Equal((status, title), ((int)Status, (string?)this["errors", 0, "title"]));
        Assert.Equal(status.ToString(CultureInfo.InvariantCulture), (string?)this["errors", 0, "status"]);
        if (detail is not null)
        {
            Assert.Equal(detail, (string?)this["errors", 0, "detail"]);
        }
    }
}
