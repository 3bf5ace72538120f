namespace EpPromo.Http.Downloads;

/// <summary>How the bytes of a file come. Plain ones are asked for; some hosts send compressed ones all the same.</summary>
internal static class ContentCoding
{
    /// <summary>Whether they are the file's own.</summary>
    public static bool IsPlain(HttpResponseMessage response) => Of(response).Length == 0;

    /// <summary>Whether they are those of the file as gzip, once.</summary>
    public static bool IsGZip(HttpResponseMessage response) =>
        Of(response) is [string only] && only.Equals("gzip", StringComparison.OrdinalIgnoreCase);

    private static string[] Of(HttpResponseMessage response) =>
        [.. response.Content.Headers.ContentEncoding.Where(coding => !coding.Equals("identity", StringComparison.OrdinalIgnoreCase))];
}
