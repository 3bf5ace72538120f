using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace EpPromo.Http.Requests;

/// <summary>
/// A request body that can be written once, and knows whether a handler began to. A handler writes the body only when a connection
/// is open. So a body that was not begun proves that the store cannot have carried out the request: the one proof of "a connection
/// that was never made" (docs/guarantees.md) that is the same on every platform, whatever the exception says. A handler that would
/// send the request again by itself, because of a stale connection or a proxy, fails instead: a write becomes uncertain, never doubled.
/// </summary>
internal sealed class SingleUseContent : HttpContent
{
    private const int Fresh = 0;
    private const int Begun = 1;
    private const int Revoked = 2;

    private readonly byte[] _bytes;
    private int _state;

    private SingleUseContent(byte[] bytes, string? mediaType)
    {
        _bytes = bytes;
        if (mediaType is not null)
        {
            Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        }
    }

    /// <summary>A JSON body.</summary>
    public static SingleUseContent Json(string json) => new(new UTF8Encoding(false).GetBytes(json), "application/json");

    /// <summary>A body of no bytes. A handler takes a request without any content as safe to repeat.</summary>
    public static SingleUseContent Empty() => new([], null);

    /// <summary>A form, for the token request (api-contract.md section 2).</summary>
    public static async Task<SingleUseContent> FormAsync(IEnumerable<KeyValuePair<string, string>> fields)
    {
        using FormUrlEncodedContent form = new(fields);
        return new SingleUseContent(await form.ReadAsByteArrayAsync(), "application/x-www-form-urlencoded");
    }

    /// <summary>Whether there is something to write, so that an unwritten body means an unsent request.</summary>
    public bool HasBytes => _bytes.Length > 0;

    /// <summary>
    /// Forbids writing the body from now on. True when no handler had begun: then it will certainly never be sent, even if a handler is
    /// still connecting.
    /// </summary>
    public bool Revoke() => Interlocked.CompareExchange(ref _state, Revoked, Fresh) != Begun;

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        Interlocked.CompareExchange(ref _state, Begun, Fresh) switch
        {
            Fresh => stream.WriteAsync(_bytes, 0, _bytes.Length),
            Begun => throw new IOException("The request would have been sent twice."),
            _ => throw new IOException("The request was given up before it was sent."),
        };

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = _bytes.Length;
        return true;
    }
}
