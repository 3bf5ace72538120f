using EpPromo.Text;
using Newtonsoft.Json.Linq;

namespace EpPromo.Http;

/// <summary>
/// Error answers (api-contract.md section 4). They come from gateways too, as HTML or as nothing, so this never fails: what
/// cannot be read leaves the HTTP status to speak.
/// </summary>
internal static class ErrorJson
{
    private const int MaxTextLength = 500;

    /// <summary>The error that an answer tells of.</summary>
    public static ApiError Read(ApiAnswer answer)
    {
        List<JObject> errors = [.. Errors(answer.Body)];
        string? title = errors.Select(error => Text(error, "title")).FirstOrDefault(text => text.Length > 0);
        string detail = string.Join("; ", errors.Select(error => Text(error, "detail")).Where(text => text.Length > 0).Distinct());
        string requestId = errors.Select(error => Text(error, "request_id")).FirstOrDefault(text => text.Length > 0) ?? "";
        return new ApiError
        {
            StatusCode = answer.StatusCode,
            Title = DisplayText.Short(SecretMask.HideUserInfo(title ?? answer.ReasonPhrase), MaxTextLength),
            Detail = DisplayText.Short(SecretMask.HideUserInfo(detail), MaxTextLength),
            IsExplained = title is not null || detail.Length > 0,
            RequestId = requestId.Length > 0 ? requestId : null,
            RetryAfter = answer.RetryAfter,
        };
    }

    private static IEnumerable<JObject> Errors(string body)
    {
        JObject json;
        try
        {
            json = JsonText.Parse(body);
        }
        catch (UnreadableException)
        {
            return [];
        }

        return json["errors"] switch
        {
            JArray list => list.OfType<JObject>(),
            JObject single => [single],
            // A plain object in place of the list, or OAuth's own form: {"error":"invalid_client","error_description":"…"}.
            _ => [new JObject
            {
                ["title"] = json["title"] ?? json["error"] ?? json["message"],
                ["detail"] = json["detail"] ?? json["error_description"],
                ["request_id"] = json["request_id"],
            }],
        };
    }

    private static string Text(JObject error, string name) =>
        error[name] is { Type: JTokenType.String or JTokenType.Integer } ? error.Text(name) ?? "" : "";
}
