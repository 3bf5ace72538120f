using System.Text.Json.Nodes;

namespace EpPromo.Sandbox.Errors;

/// <summary>Every error response of the API, in the published wording where the contract has it (section 4).</summary>
internal static class ErrorResponses
{
    private const string BadRequestTitle = "Bad Request";
    private const string UnprocessableTitle = "Unprocessable Entity";

    public static ErrorResponseException BadRequest(string detail) => Create(400, BadRequestTitle, detail);

    public static ErrorResponseException InvalidFields(IEnumerable<(string Pointer, string Detail)> problems) =>
        new(400, [.. problems.Select(problem => new ErrorResponseEntry(BadRequestTitle, problem.Detail, problem.Pointer))]);

    public static ErrorResponseException InvalidFilter() => BadRequest("Could not parse the supplied filter");

    public static ErrorResponseException TooManyJobs() =>
        Create(400, "Too many jobs", "Only 1 pending or processing job is allowed per promotion.");

    public static ErrorResponseException TooManyAutomaticPromotions() =>
        Create(400, "Too many automatic rule promotions", "A store can have at most 50 automatic rule promotions");

    public static ErrorResponseException MissingDependency() =>
        Create(400, "missing_dependency", "includes_guests requires max_uses");

    public static ErrorResponseException InvalidCode() =>
        Create(400, "Invalid Code", "A code for first-time shoppers cannot have uses or a user");

    public static ErrorResponseException InvalidToken() => Create(401, "Unable to validate access token");

    public static ErrorResponseException InvalidCredentials() =>
        Create(401, "Unauthorized", "Unable to validate the client credentials");

    public static ErrorResponseException Forbidden() => Create(403, "Forbidden", "The token does not allow this");

    public static ErrorResponseException NotFound(string what) => Create(404, "Not Found", $"{what} not found");

    public static ErrorResponseException UsagesNotFound(IEnumerable<string> usageIds)
    {
        var ids = new JsonArray([.. usageIds.Select(id => JsonValue.Create(id))]);
        return new(404, [new ErrorResponseEntry("Not Found", "Usage not found", Meta: new JsonObject { ["usage_ids"] = ids })]);
    }

    public static ErrorResponseException MethodNotAllowed() => Create(405, "Method Not Allowed");

    public static ErrorResponseException Conflict() =>
        Create(409, "Conflict", "Another write to this promotion is in progress");

    public static ErrorResponseException PayloadTooLarge() =>
        Create(413, "Payload Too Large", "The request body exceeds the size limit");

    public static ErrorResponseException UnsupportedMediaType() =>
        Create(415, "Unsupported Media Type", "The Content-Type must be application/json");

    public static ErrorResponseException MisdirectedRequest() =>
        Create(421, "Misdirected Request", "The host must be localhost or a loopback address such as 127.0.0.1");

    public static ErrorResponseException Unprocessable(string detail) => Create(422, UnprocessableTitle, detail);

    public static ErrorResponseException NotCancellable() => Unprocessable("Only pending or processing jobs can be cancelled");

    public static ErrorResponseException NoFile(string jobStatus) =>
        Unprocessable($"Job has no file to download. Job status: {jobStatus}");

    public static ErrorResponseException NoCodesAllowed() =>
        Create(422, "No codes allowed", "Cannot add codes to automatic promotion");

    public static ErrorResponseException DuplicateCode() => Create(422, "Duplicate code", "Promotion code already in use");

    public static ErrorResponseException DuplicatePriority() =>
        Create(422, "Duplicate Priority", "Another rule promotion has this priority");

    public static ErrorResponseException UnsupportedConsumeUnit() =>
        Create(422, "Unsupported consume unit", "max_uses_per_shopper cannot be combined with per_application");

    public static ErrorResponseException TooManyRequests() =>
        Create(429, "Too Many Requests", "The rate limit of the store is exceeded");

    public static ErrorResponseException Create(int status, string title, string? detail = null) =>
        new(status, [new ErrorResponseEntry(title, detail)]);
}
