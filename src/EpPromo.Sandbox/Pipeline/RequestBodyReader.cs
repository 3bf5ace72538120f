using EpPromo.Sandbox.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EpPromo.Sandbox.Pipeline;

/// <summary>Reads the whole body of a request.</summary>
internal static class RequestBodyReader
{
    public const int MaxBytes = 8 * 1024 * 1024;

    private const int BufferBytes = 64 * 1024;

    /// <exception cref="ErrorResponseException">
    /// 413, but only after the whole body has arrived: a client that is still sending does not read the response.
    /// </exception>
    public static async Task<byte[]> ReadAsync(HttpContext context)
    {
        // At its own limit the server would close the connection, and clients would often lose the response.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        using var body = new MemoryStream();
        byte[] buffer = new byte[BufferBytes];
        long length = 0;
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and int read)
        {
            length += read;
            if (length <= MaxBytes)
            {
                body.Write(buffer, 0, read);
            }
        }

        return length <= MaxBytes ? body.ToArray() : throw ErrorResponses.PayloadTooLarge();
    }
}
