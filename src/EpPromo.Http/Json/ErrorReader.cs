using System.Text;
using System.Text.Json;
using EpPromo.Http.Secrets;
using EpPromo.Text;

namespace EpPromo.Http.Json;

/// <summary>
/// Reads error responses (api-contract.md section 4). Gateways send them too, as HTML or empty, so reading never fails: where the body
/// cannot be read, only the HTTP status is known.
/// </summary>
internal static class ErrorReader
{
    private const int MaxTextLength = 500;

    /// <summary>The error that a response describes.</summary>
    /// <param name="statusCode">Its HTTP status.</param>
    /// <param name="reasonPhrase">The status in words, for a body without a title.</param>
    /// <param name="body">Its body.</param>
    /// <param name="retryAfter">How long the store asks to wait, or null.</param>
    public static ApiError Read(int statusCode, string reasonPhrase, Utf8Text body, TimeSpan? retryAfter)
    {
        IReadOnlyList<ErrorEntry> errors = ReadEntries(body);
        string? title = errors.Select(error => error.Title).FirstOrDefault(text => text.Length > 0);
        string detail = string.Join("; ", errors.Select(error => error.Detail).Where(text => text.Length > 0).Distinct());
        return new ApiError
        {
            StatusCode = statusCode,
            Title = DisplayText.Short(SecretRedactor.RemoveUserInfo(title ?? reasonPhrase), MaxTextLength),
            Detail = DisplayText.Short(SecretRedactor.RemoveUserInfo(detail), MaxTextLength),
            IsExplained = title is not null || detail.Length > 0,
            UsageIds = [.. errors.SelectMany(error => error.UsageIds)],
            RequestId = errors.Select(error => error.RequestId).FirstOrDefault(text => text.Length > 0),
            RetryAfter = retryAfter,
        };
    }

    private static IReadOnlyList<ErrorEntry> ReadEntries(Utf8Text body)
    {
        try
        {
            return JsonText.Read(body, ReadEntries);
        }
        catch (InvalidResponseException)
        {
            return [];
        }
    }

    private static IReadOnlyList<ErrorEntry> ReadEntries(JsonFields json) => json.Field("errors"u8) switch
    {
        { Type: JsonTokenType.StartArray } list => JsonFields.ReadObjects(list, ReadEntry, out _),
        { Type: JsonTokenType.StartObject } single => [ReadEntry(json.Inner(single))],

        // A plain object in place of the list, or OAuth's own form: {"error":"invalid_client","error_description":"…"}.
        _ => [new ErrorEntry(Text(json, "title", "error", "message"), Text(json, "detail", "error_description"), Text(json, "request_id"), [])],
    };

    private static ErrorEntry ReadEntry(JsonFields error) => new(
        Text(error, "title"), Text(error, "detail"), Text(error, "request_id"), ReadUsageIds(error));

    /// <summary>The usages that do not exist (api-contract.md section 6).</summary>
    private static IReadOnlyList<string> ReadUsageIds(JsonFields error) =>
        error.CosmeticObject("meta"u8)?.CosmeticStrings("usage_ids"u8) ?? [];

    /// <summary>The first of the fields that is present, as text; empty when it is not a string or a number.</summary>
    private static string Text(JsonFields error, params string[] names)
    {
        JsonValue value = names.Select(name => error.Field(Encoding.UTF8.GetBytes(name))).FirstOrDefault(field => field.Type != JsonTokenType.None);
        return value.Type is JsonTokenType.String or JsonTokenType.Number && value.TryGetText(out string? text) ? text! : "";
    }

    private sealed record ErrorEntry(string Title, string Detail, string RequestId, IReadOnlyList<string> UsageIds);
}
