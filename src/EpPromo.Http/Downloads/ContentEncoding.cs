namespace EpPromo.Http.Downloads;

/// <summary>How the bytes of a response are encoded. A plain file is requested; some hosts send a compressed one all the same.</summary>
internal static class ContentEncoding
{
    /// <summary>Whether the bytes are the file's own.</summary>
    public static bool IsPlain(HttpResponseMessage response) => Of(response).Length == 0;

    /// <summary>Whether the bytes are the file compressed once, with gzip.</summary>
    public static bool IsGZip(HttpResponseMessage response) =>
        Of(response) is [string only] && only.Equals("gzip", StringComparison.OrdinalIgnoreCase);

    private static string[] Of(HttpResponseMessage response) =>
        [.. response.Content.Headers.ContentEncoding.Where(encoding => !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))];
}
