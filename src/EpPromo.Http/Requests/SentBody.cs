using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace EpPromo.Http;

/// <summary>
/// A request body that knows whether the handler began to write it. Handlers write a body only once a connection stands, so a
/// body that was never begun proves that the store cannot have carried out the request: the one sign of "a connection that was
/// never made" (docs/guarantees.md) that is the same on every platform, whatever the exception says. And it is written once: a handler
/// that would send it again by itself, for a stale connection or a proxy, fails instead, which leaves a write uncertain and never doubled.
/// </summary>
internal sealed class SentBody : HttpContent
{
    private const int Fresh = 0;
    private const int Begun = 1;
    private const int Revoked = 2;

    private readonly byte[] _bytes;
    private int _state;

    private SentBody(byte[] bytes, string? mediaType)
    {
        _bytes = bytes;
        if (mediaType is not null)
        {
            Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        }
    }

    /// <summary>A JSON body.</summary>
    public static SentBody Json(string json) => new(new UTF8Encoding(false).GetBytes(json), "application/json");

    /// <summary>No bytes. Content it is all the same, because a handler takes a request without content for safe to repeat.</summary>
    public static SentBody Empty() => new([], null);

    /// <summary>A form, as the token request wants it (api-contract.md section 2).</summary>
    public static async Task<SentBody> FormAsync(IEnumerable<KeyValuePair<string, string>> fields)
    {
        using FormUrlEncodedContent form = new(fields);
        return new SentBody(await form.ReadAsByteArrayAsync(), "application/x-www-form-urlencoded");
    }

    /// <summary>Whether there is something to send, so that an unsent body means an unsent request.</summary>
    public bool HasBytes => _bytes.Length > 0;

    /// <summary>
    /// Forbids the body to be written from now on; true when it had not been begun. After that it is certain that it never goes out,
    /// even if the handler is still busy connecting.
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
