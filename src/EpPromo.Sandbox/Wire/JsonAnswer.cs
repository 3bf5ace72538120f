using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Wire;

/// <summary>Writes JSON answers, errors among them.</summary>
internal static class JsonAnswer
{
    // The API writes text as it is, without escaping all that is not ASCII.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(HttpContext context, int status, JsonNode body)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body.ToJsonString(Plain));
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    public static Task WriteErrorAsync(HttpContext context, ApiError error, bool numericStatus)
    {
        var entries = new JsonArray();
        foreach (ErrorEntry entry in error.Entries)
        {
            JsonNode status = numericStatus ? error.Status : error.Status.ToString(CultureInfo.InvariantCulture);
            var json = new JsonObject { ["status"] = status, ["title"] = entry.Title };
            json.AddUnlessNull("detail", entry.Detail);
            json.AddUnlessNull("source", entry.Pointer is null ? null : new JsonObject { ["pointer"] = entry.Pointer });
            json.AddUnlessNull("meta", entry.Meta?.DeepClone());
            json["request_id"] = context.TraceIdentifier;
            entries.Add(json);
        }

        return WriteAsync(context, error.Status, new JsonObject { ["errors"] = entries });
    }

    /// <summary>Adds a field, unless it has no value: the API leaves such fields out.</summary>
    public static void AddUnlessNull(this JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }

    /// <summary>A moment with nine fractional digits (contract section 5); .NET counts only seven, so two are made up.</summary>
    public static string Timestamp(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture)
        + (at.Ticks % 97 + 1).ToString("D2", CultureInfo.InvariantCulture) + "Z";

    public static JsonObject Timestamps(DateTimeOffset created, DateTimeOffset? updated)
    {
        var timestamps = new JsonObject { ["created_at"] = Timestamp(created) };
        timestamps.AddUnlessNull("updated_at", updated is { } at ? Timestamp(at) : null);
        return new JsonObject { ["timestamps"] = timestamps };
    }
}
