namespace EpPromo.Sandbox;

/// <summary>A request as it was received, and what it was answered with.</summary>
/// <param name="At">When it arrived, by the server's clock.</param>
/// <param name="Origin">"api" or "files": the port it came to.</param>
/// <param name="Method">GET, POST …</param>
/// <param name="PathAndQuery">The target as it was sent, with its escapes.</param>
/// <param name="Headers">Its headers; names in any case.</param>
/// <param name="Body">Its body as text.</param>
/// <param name="Status">The status it was answered with; 0 while there is no answer, or when none was given.</param>
public sealed record RecordedRequest(
    DateTimeOffset At,
    string Origin,
    string Method,
    string PathAndQuery,
    IReadOnlyDictionary<string, string> Headers,
    string Body,
    int Status);
