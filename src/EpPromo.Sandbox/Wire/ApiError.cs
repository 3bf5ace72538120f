using System.Text.Json.Nodes;

namespace EpPromo.Sandbox.Wire;

/// <summary>An answer that refuses a request, in the published words where the contract has them (section 4).</summary>
internal sealed class ApiError(int status, IReadOnlyList<ErrorEntry> entries)
    : Exception($"{status} {entries[0].Title}: {entries[0].Detail}")
{
    private const string BadRequestTitle = "Bad Request";
    private const string UnprocessableTitle = "Unprocessable Entity";

    public int Status { get; } = status;

    public IReadOnlyList<ErrorEntry> Entries { get; } = entries;

    public static ApiError BadRequest(string detail) => Of(400, BadRequestTitle, detail);

    public static ApiError Invalid(IEnumerable<(string Pointer, string Detail)> problems) =>
        new(400, [.. problems.Select(problem => new ErrorEntry(BadRequestTitle, problem.Detail, problem.Pointer))]);

    public static ApiError BadFilter() => BadRequest("Could not parse the supplied filter");

    public static ApiError TooManyJobs() =>
        Of(400, "Too many jobs", "Only 1 pending or processing job is allowed per promotion.");

    public static ApiError TooManyAutomatic() =>
        Of(400, "Too many automatic rule promotions", "A store can have at most 50 automatic rule promotions");

    public static ApiError MissingDependency() =>
        Of(400, "missing_dependency", "includes_guests requires max_uses");

    public static ApiError InvalidCode() =>
        Of(400, "Invalid Code", "A code for first-time shoppers cannot have uses or a user");

    public static ApiError BadToken() => Of(401, "Unable to validate access token");

    public static ApiError BadCredentials() => Of(401, "Unauthorized", "Unable to validate the client credentials");

    public static ApiError Forbidden() => Of(403, "Forbidden", "The token does not allow this");

    public static ApiError NotFound(string what) => Of(404, "Not Found", $"{what} not found");

    public static ApiError UsagesNotFound(IEnumerable<string> usageIds)
    {
        var ids = new JsonArray([.. usageIds.Select(id => JsonValue.Create(id))]);
        return new(404, [new ErrorEntry("Not Found", "Usage not found", Meta: new JsonObject { ["usage_ids"] = ids })]);
    }

    public static ApiError MethodNotAllowed() => Of(405, "Method Not Allowed");

    public static ApiError Conflict() => Of(409, "Conflict", "Another write to this promotion is under way");

    public static ApiError TooLarge() => Of(413, "Payload Too Large", "The body is longer than anything that belongs here");

    public static ApiError UnsupportedMediaType() =>
        Of(415, "Unsupported Media Type", "The Content-Type must be application/json");

    public static ApiError Unprocessable(string detail) => Of(422, UnprocessableTitle, detail);

    public static ApiError NotCancellable() => Unprocessable("Only pending or processing jobs can be cancelled");

    public static ApiError NoFile(string jobStatus) => Unprocessable($"Job has no file to download. Job status: {jobStatus}");

    public static ApiError NoCodesAllowed() => Of(422, "No codes allowed", "Cannot add codes to automatic promotion");

    public static ApiError DuplicateCode() => Of(422, "Duplicate code", "Promotion code already in use");

    public static ApiError DuplicatePriority() =>
        Of(422, "Duplicate Priority", "Another rule promotion has this priority");

    public static ApiError UnsupportedConsumeUnit() =>
        Of(422, "Unsupported consume unit", "max_uses_per_shopper does not go with per_application");

    public static ApiError TooManyRequests() => Of(429, "Too Many Requests", "The rate limit of the store is exceeded");

    public static ApiError Of(int status, string title, string? detail = null) => new(status, [new ErrorEntry(title, detail)]);
}
