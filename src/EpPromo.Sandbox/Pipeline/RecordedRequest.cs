namespace EpPromo.Sandbox;

/// <summary>A request that the sandbox received, and the status of its response.</summary>
/// <param name="At">When it arrived, by the server's clock.</param>
/// <param name="Origin">"api" or "files": the port that received it.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="PathAndQuery">The target as it was sent, still escaped.</param>
/// <param name="Headers">The headers; names are case-insensitive.</param>
/// <param name="Body">The body as text.</param>
/// <param name="Status">The status of the response; 0 if there is no response, or none yet.</param>
/// <param name="Took">How long the sandbox processed it, injected delays included; null while it does.</param>
public sealed record RecordedRequest(
    DateTimeOffset At,
    string Origin,
    string Method,
    string PathAndQuery,
    IReadOnlyDictionary<string, string> Headers,
    string Body,
    int Status,
    TimeSpan? Took = null);
