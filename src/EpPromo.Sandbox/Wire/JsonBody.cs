using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace EpPromo.Sandbox.Wire;

/// <summary>Reads request bodies, strictly: whatever the contract does not have is refused.</summary>
internal static class JsonBody
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>Reads what stands under "data".</summary>
    /// <param name="context">The request.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="bare">Whether "data" may be left out, and its fields stand in its place.</param>
    /// <exception cref="ApiError">415, or 400 with every problem found.</exception>
    public static T Read<T>(HttpContext context, Func<Fields, T> read, bool bare = false)
        where T : class
    {
        using JsonDocument document = Parse(context);
        var problems = new List<(string Pointer, string Detail)>();
        var root = new Fields(document.RootElement, "", problems);
        T? result = bare && !root.Has("data") ? read(root) : root.Object("data", required: true, read);
        root.Done();
        return result is null || problems.Count > 0 ? throw ApiError.Invalid(problems) : result;
    }

    /// <exception cref="ApiError">400: there is a body where none belongs.</exception>
    public static void ExpectNone(HttpContext context)
    {
        if (Received.BodyOf(context).Length > 0)
        {
            throw ApiError.BadRequest("The body must be empty");
        }
    }

    /// <exception cref="ApiError">400, 415: there is more than an empty object.</exception>
    public static void ExpectNoneOrEmptyObject(HttpContext context)
    {
        if (Received.BodyOf(context).Length > 0)
        {
            using JsonDocument document = Parse(context);
            if (document.RootElement.EnumerateObject().Any())
            {
                throw ApiError.BadRequest("The body must be empty");
            }
        }
    }

    private static JsonDocument Parse(HttpContext context)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out MediaTypeHeaderValue? type)
            || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            throw ApiError.UnsupportedMediaType();
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(Received.BodyOf(context), Strict);
        }
        catch (JsonException)
        {
            throw ApiError.BadRequest("The body is not valid JSON");
        }

        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return document;
        }

        document.Dispose();
        throw ApiError.BadRequest("The body must be a JSON object");
    }
}
