namespace EpPromo.UnitTests.Http;

/// <summary>A request as the server received it.</summary>
internal sealed record RecordedRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public bool IsToken => Target.EndsWith("/oauth/access_token", StringComparison.Ordinal);

    public string Path => Uri.UnescapeDataString(Target.Split('?')[0]);

    public string Query => Target.Contains('?') ? Uri.UnescapeDataString(Target.Split('?', 2)[1]) : "";

    public string? Authorization => Headers.GetValueOrDefault("Authorization");

    /// <summary>The whole request, to assert what is not in it.</summary>
    public string Whole => $"{Method} {Target}\n{string.Join("\n", Headers)}\n{Body}";
}
