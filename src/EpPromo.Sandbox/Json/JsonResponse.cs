using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EpPromo.Sandbox.Errors;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Json;

/// <summary>Writes JSON responses, including error responses.</summary>
internal static class JsonResponse
{
    // Like the API, write non-ASCII characters unescaped.
    private static readonly JsonSerializerOptions s_unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(HttpContext context, int status, JsonNode body)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body.ToJsonString(s_unescaped));
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    /// <summary>Writes an error in the published shape (contract section 4).</summary>
    /// <param name="context">The request.</param>
    /// <param name="error">The error.</param>
    /// <param name="numericStatus">Whether the "status" of each entry is a number instead of a string.</param>
    public static Task WriteErrorAsync(HttpContext context, ErrorResponseException error, bool numericStatus)
    {
        var entries = new JsonArray();
        foreach (ErrorResponseEntry entry in error.Entries)
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
}
