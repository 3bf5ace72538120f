namespace EpPromo.Sandbox;

/// <summary>
/// One thing that goes wrong, and when. As text it is a list of key=value, the keys being the properties in kebab case:
/// "endpoint=job-create action=drop-after times=1".
/// </summary>
public sealed record FaultRule
{
    /// <summary>What goes wrong.</summary>
    public required FaultAction Action { get; init; }

    /// <summary>
    /// For which endpoints, with * as a wildcard: token, promotion-list, promotion-get, promotion-create, promotion-update,
    /// promotion-delete, job-list, job-create, job-cancel, job-file, code-list, code-add, code-delete, usage-list,
    /// usage-anonymize, download. Null is every one.
    /// </summary>
    public string? Endpoint { get; init; }

    /// <summary>For which HTTP method; null is every one.</summary>
    public string? Method { get; init; }

    /// <summary>For which path, with * as a wildcard; null is every one.</summary>
    public string? Path { get; init; }

    /// <summary>How many matching requests go through unharmed first.</summary>
    public int Skip { get; init; }

    /// <summary>After those, every how many-th matching request it strikes.</summary>
    public int Every { get; init; } = 1;

    /// <summary>How likely it strikes where it could, from 0 to 1. The same seed strikes the same requests.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>How often it strikes at most; null is without limit.</summary>
    public int? Times { get; init; }

    /// <summary>The status of <see cref="FaultAction.Status"/> (503) and of <see cref="FaultAction.Redirect"/> (302).</summary>
    public int? Status { get; init; }

    /// <summary>The body of <see cref="FaultAction.Status"/>.</summary>
    public FaultBody Body { get; init; } = FaultBody.Json;

    /// <summary>
    /// A body of one's own for <see cref="FaultAction.Status"/>, in place of <see cref="Body"/>; sent as JSON if it looks like it.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>Whether <see cref="FaultAction.Status"/> strikes after the work is done.</summary>
    public bool After { get; init; }

    /// <summary>
    /// Whether and how <see cref="FaultAction.Status"/> says when to come back: <see cref="Time"/> from now, or a second.
    /// </summary>
    public RetryAfterFormat RetryAfter { get; init; } = RetryAfterFormat.None;

    /// <summary>How long, for the actions that take time.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>Where <see cref="FaultAction.Redirect"/> leads: an absolute URL. Null is the same path on the file host.</summary>
    public string? Url { get; init; }

    /// <summary>How many bytes <see cref="FaultAction.Oversized"/> sends at least.</summary>
    public long Size { get; init; } = 64 * 1024 * 1024;

    /// <summary>How many codes the job of <see cref="FaultAction.FailJob"/> or <see cref="FaultAction.ShortJob"/> makes.</summary>
    public int Count { get; init; }

    /// <summary>Reads a rule from its text.</summary>
    /// <param name="text">Such as "endpoint=job-create action=drop-after times=1"; a value with a space stands in double quotes.</param>
    /// <exception cref="FormatException">Says what is wrong with it.</exception>
    public static FaultRule Parse(string text) => Faults.FaultText.Parse(text);
}
