using EpPromo.Sandbox.Faults;

namespace EpPromo.Sandbox;

/// <summary>
/// A fault and the requests that trigger it. As text, a list of key=value pairs whose keys are the properties in kebab case:
/// "endpoint=job-create action=drop-after times=1".
/// </summary>
public sealed record FaultRule
{
    /// <summary>What the fault does.</summary>
    public required FaultAction Action { get; init; }

    /// <summary>
    /// The endpoints it applies to, with * as a wildcard: token, promotion-list, promotion-get, promotion-create,
    /// promotion-update, promotion-delete, job-list, job-create, job-cancel, job-file, code-list, code-add, code-delete,
    /// usage-list, usage-anonymize, download. Null for all.
    /// </summary>
    public string? Endpoint { get; init; }

    /// <summary>The HTTP method it applies to; null for all.</summary>
    public string? Method { get; init; }

    /// <summary>The path it applies to, with * as a wildcard; null for all.</summary>
    public string? Path { get; init; }

    /// <summary>How many matching requests do not trigger it at first.</summary>
    public int Skip { get; init; }

    /// <summary>Only every n-th matching request after that triggers it.</summary>
    public int Every { get; init; } = 1;

    /// <summary>The probability, from 0 to 1, that such a request triggers it; determined by the seed.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>How often it is triggered at most; null for no limit.</summary>
    public int? Times { get; init; }

    /// <summary>
    /// The status of <see cref="FaultAction.Status"/>, by default 503, and of <see cref="FaultAction.Redirect"/>, by default 302.
    /// </summary>
    public int? Status { get; init; }

    /// <summary>The body of <see cref="FaultAction.Status"/>.</summary>
    public FaultBody Body { get; init; } = FaultBody.Json;

    /// <summary>
    /// A custom body of <see cref="FaultAction.Status"/> in place of <see cref="Body"/>, sent as JSON if it starts with { or [.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>Whether <see cref="FaultAction.Status"/> processes the request first.</summary>
    public bool After { get; init; }

    /// <summary>
    /// Whether and in which format <see cref="FaultAction.Status"/> sends a Retry-After header: <see cref="Time"/> from now, by
    /// default a second.
    /// </summary>
    public RetryAfterFormat RetryAfter { get; init; } = RetryAfterFormat.None;

    /// <summary>The duration, for the actions that have one.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>The absolute URL that <see cref="FaultAction.Redirect"/> leads to; null for the same path on the file host.</summary>
    public string? Url { get; init; }

    /// <summary>How many bytes <see cref="FaultAction.Oversized"/> adds to the response.</summary>
    public long Size { get; init; } = 64 * 1024 * 1024;

    /// <summary>How many codes the job of <see cref="FaultAction.FailJob"/> or <see cref="FaultAction.ShortJob"/> makes.</summary>
    public int Count { get; init; }

    /// <summary>Parses the text of a rule.</summary>
    /// <param name="text">Such as "endpoint=job-create action=drop-after times=1"; put values with spaces in double quotes.</param>
    /// <exception cref="FormatException">The text is not a rule; the message says why.</exception>
    public static FaultRule Parse(string text) => FaultRuleParser.Parse(text);
}
