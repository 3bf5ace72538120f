using System.Text.Json;
using EpPromo.Sandbox.Errors;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Json;

/// <summary>Reads the bodies of requests that tell a running sandbox what to do: a POST with a JSON object.</summary>
internal static class AdminRequestBody
{
    /// <exception cref="ErrorResponseException">400 with every problem found, 405, 415.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context, Func<FieldReader, T> read)
    {
        if (context.Request.Method != "POST")
        {
            throw ErrorResponses.MethodNotAllowed();
        }

        // A page of another site cannot send this type without asking first.
        if (!context.Request.HasJsonContentType())
        {
            throw ErrorResponses.UnsupportedMediaType();
        }

        try
        {
            using JsonDocument document = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            var problems = new List<(string Pointer, string Detail)>();
            var body = new FieldReader(document.RootElement, "", problems);
            T result = read(body);
            body.RejectUnknownFields();
            return problems.Count == 0 ? result : throw ErrorResponses.InvalidFields(problems);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw ErrorResponses.BadRequest(exception.Message);
        }
    }
}
