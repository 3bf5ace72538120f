using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace EpPromo.UnitTests.Http;

/// <summary>
/// The bytes of a response, what happens to the connection afterwards, and what the server waits for before it sends them.
/// </summary>
internal sealed record Reply(byte[] Bytes, ReplyEnd End)
{
    public const string TokenJson = """{"access_token":"bearer-secret-1","token_type":"Bearer","expires_in":3600}""";

    /// <summary>The response is sent when this task has completed.</summary>
    public Task Gate { get; init; } = Task.CompletedTask;

    /// <summary>In how many pieces the bytes are sent.</summary>
    public int Pieces { get; init; } = 1;

    /// <summary>How long the server waits before each piece but the first.</summary>
    public TimeSpan Pause { get; init; }

    public static readonly Reply Stalled = new([], ReplyEnd.Stall);

    public static readonly Reply Reset = new([], ReplyEnd.Reset);

    public static readonly Reply Closed = new([], ReplyEnd.Close);

    public static Reply Ok(string json) => Json(200, json);

    public static Reply Json(int status, string json, params string[] headers) => Text(status, "application/json", json, headers);

    public static Reply Html(int status, string html) => Text(status, "text/html", html);

    public static Reply Empty(int status, params string[] headers) => Text(status, "text/plain", "", headers);

    /// <summary>An error response of the API.</summary>
    public static Reply Error(int status, string title, string detail = "", params string[] headers) => Json(
        status,
        $$"""{"errors":[{"status":"{{status}}","title":"{{title}}","detail":"{{detail}}","request_id":"req-1"}]}""",
        headers);

    public static Reply Text(int status, string type, string body, params string[] headers) =>
        Binary(status, type, Encoding.UTF8.GetBytes(body), headers);

    public static Reply Binary(int status, string type, byte[] body, params string[] headers) =>
        new([.. Head(status, [$"Content-Type: {type}", $"Content-Length: {body.Length}", .. headers]), .. body], ReplyEnd.KeepOpen);

    public static Reply GZip(string json) => Binary(200, "application/json", Compress(json), "Content-Encoding: gzip");

    /// <summary>A text as a gzip file of one member.</summary>
    public static byte[] Compress(string text)
    {
        using MemoryStream packed = new();
        using (GZipStream zip = new(packed, CompressionLevel.Fastest))
        {
            zip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    /// <summary>A response that ends before the length in its headers is reached.</summary>
    public static Reply Partial(int status, string body, int sent, ReplyEnd end, params string[] headers) =>
        new(
            [.. Head(status, [$"Content-Length: {Encoding.UTF8.GetByteCount(body)}", .. headers]),
                .. Encoding.UTF8.GetBytes(body).Take(sent)],
            end);

    /// <summary>A body without a length, which ends when the connection closes.</summary>
    public static Reply Unmeasured(int status, string body) => Unmeasured(status, Encoding.UTF8.GetBytes(body));

    /// <summary>The same with bytes.</summary>
    public static Reply Unmeasured(int status, byte[] body, params string[] headers) =>
        new([.. Head(status, ["Connection: close", .. headers]), .. body], ReplyEnd.Close);

    private static byte[] Head(int status, IEnumerable<string> headers) => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"HTTP/1.1 {status} Status {status}\r\nDate: {DateTime.UtcNow:R}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n"));
}
