using System.Text.Json;
using EpPromo.Sandbox.Errors;
using EpPromo.Sandbox.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace EpPromo.Sandbox.Json;

/// <summary>Reads JSON request bodies strictly: it rejects every field that the contract does not have.</summary>
internal static class JsonRequestBody
{
    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>Reads the object under "data".</summary>
    /// <param name="context">The request.</param>
    /// <param name="read">Reads the object.</param>
    /// <param name="dataOptional">Whether the fields may also stand at the top level, without "data".</param>
    /// <exception cref="ErrorResponseException">415, or 400 with every problem found.</exception>
    public static T Read<T>(HttpContext context, Func<FieldReader, T> read, bool dataOptional = false)
        where T : class
    {
        using JsonDocument document = Parse(context);
        var problems = new List<(string Pointer, string Detail)>();
        var root = new FieldReader(document.RootElement, "", problems);
        T? result = dataOptional && !root.Has("data") ? read(root) : root.Object("data", required: true, read);
        root.RejectUnknownFields();
        return result is null || problems.Count > 0 ? throw ErrorResponses.InvalidFields(problems) : result;
    }

    /// <exception cref="ErrorResponseException">400: the body is not empty.</exception>
    public static void RequireEmpty(HttpContext context)
    {
        if (BufferedBody.Of(context).Length > 0)
        {
            throw ErrorResponses.BadRequest("The body must be empty");
        }
    }

    /// <exception cref="ErrorResponseException">400, 415: the body is neither empty nor an empty object.</exception>
    public static void RequireEmptyOrEmptyObject(HttpContext context)
    {
        if (BufferedBody.Of(context).Length > 0)
        {
            using JsonDocument document = Parse(context);
            if (document.RootElement.EnumerateObject().Any())
            {
                throw ErrorResponses.BadRequest("The body must be empty");
            }
        }
    }

    private static JsonDocument Parse(HttpContext context)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out MediaTypeHeaderValue? type)
            || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            throw ErrorResponses.UnsupportedMediaType();
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(BufferedBody.Of(context), s_strict);
        }
        catch (JsonException)
        {
            throw ErrorResponses.BadRequest("The body is not valid JSON");
        }

        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return document;
        }

        document.Dispose();
        throw ErrorResponses.BadRequest("The body must be a JSON object");
    }
}
