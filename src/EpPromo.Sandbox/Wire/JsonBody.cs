using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace EpPromo.Sandbox.Wire;

/// <summary>Reads request bodies, strictly: whatever the contract does not have is refused.</summary>
internal static class JsonBody
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>Reads what stands under "data".</summary>
    /// <exception cref="ApiError">415, or 400 with every problem found.</exception>
    public static T Read<T>(HttpContext context, Func<Fields, T> read)
        where T : class
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out MediaTypeHeaderValue? type)
            || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            throw ApiError.UnsupportedMediaType();
        }

        using JsonDocument document = Parse(Received.BodyOf(context));
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw ApiError.BadRequest("The body must be a JSON object");
        }

        var problems = new List<(string Pointer, string Detail)>();
        var root = new Fields(document.RootElement, "", problems);
        T? result = root.Object("data", required: true, read);
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

    private static JsonDocument Parse(byte[] body)
    {
        try
        {
            return JsonDocument.Parse(body, Strict);
        }
        catch (JsonException)
        {
            throw ApiError.BadRequest("The body is not valid JSON");
        }
    }
}
