using EpPromo.Sandbox.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EpPromo.Sandbox.Pipeline;

/// <summary>Reads a request's body to its end.</summary>
internal static class RequestBody
{
    public const int MostBytes = 8 * 1024 * 1024;

    private const int PieceBytes = 64 * 1024;

    /// <exception cref="ApiError">413. Only once all of it has come: who is still sending does not read the answer.</exception>
    public static async Task<byte[]> ReadAsync(HttpContext context)
    {
        // The server would cut the connection at its own limit, and the answer would be lost as often as not.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        using var kept = new MemoryStream();
        byte[] piece = new byte[PieceBytes];
        long length = 0;
        while (await context.Request.Body.ReadAsync(piece, context.RequestAborted) is > 0 and int read)
        {
            length += read;
            if (length <= MostBytes)
            {
                kept.Write(piece, 0, read);
            }
        }

        return length <= MostBytes ? kept.ToArray() : throw ApiError.TooLarge();
    }
}
