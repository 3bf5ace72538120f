using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace EpPromo.Http.Requests;

/// <summary>
/// A request body that can be written only once, and that records whether a handler has started to. A handler writes the body only to an
/// open connection. So an unwritten body proves that the store has not carried out the request. Exceptions differ between platforms;
/// this proof of "a connection that was never made" (docs/guarantees.md) does not. A handler that repeats the request by itself, because of
/// a stale connection or a proxy, fails: the write becomes uncertain, but is never carried out twice.
/// </summary>
internal sealed class SingleUseContent : HttpContent
{
    private const int NotStarted = 0;
    private const int Started = 1;
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

    /// <summary>A body of no bytes. Handlers treat a request without content as safe to repeat.</summary>
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
    /// Forbids writing the body from now on. True if no handler has started: then it is certainly never sent, even if a handler is still
    /// connecting.
    /// </summary>
    public bool Revoke() => Interlocked.CompareExchange(ref _state, Revoked, NotStarted) != Started;

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        Interlocked.CompareExchange(ref _state, Started, NotStarted) switch
        {
            NotStarted => stream.WriteAsync(_bytes, 0, _bytes.Length),
            Started => throw new IOException("The request would have been sent twice."),
            _ => throw new IOException("The attempt ended before the request was sent."),
        };

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = _bytes.Length;
        return true;
    }
}
