using EpPromo.Http.Json;

namespace EpPromo.Http.Transport;

/// <summary>
/// Reads the body of a response into memory: no more than allowed, and without waiting longer than allowed for each piece. The timeouts
/// of Flurl and of <see cref="HttpClient"/> end with the headers.
/// </summary>
internal static class BodyReader
{
    /// <summary>For a body whose length is not stated.</summary>
    private const int DefaultLength = 16 * 1024;

    /// <summary>Longer than nearly all. A longer body gets its memory as it arrives, whatever length is stated.</summary>
    private const int MaxFirstLength = 1024 * 1024;

    /// <summary>The body as text. JSON is UTF-8, whatever a header says.</summary>
    /// <param name="content">The body.</param>
    /// <param name="idle">How long to wait for each piece.</param>
    /// <param name="maxBytes">How long the body may be.</param>
    /// <param name="deadline">That of the attempt.</param>
    /// <exception cref="AttemptException">The body is too long, or no more of it came.</exception>
    public static async Task<Utf8Text> ReadAsync(HttpContent content, TimeSpan idle, int maxBytes, Deadline deadline)
    {
        long length = content.Headers.ContentLength ?? DefaultLength;
        if (length > maxBytes)
        {
            throw AttemptException.TooLarge(maxBytes);
        }

        try
        {
            deadline.Start(idle);
            using Stream stream = await content.ReadAsStreamAsync().WaitAsync(deadline.Token, late => late.Dispose());

            // The byte more is for the read that finds the end.
            byte[] body = new byte[Math.Min(length, MaxFirstLength) + 1];
            for (int filled = 0; ;)
            {
                deadline.Start(idle);
                int count = await stream.ReadAsync(body, filled, body.Length - filled, deadline.Token).WaitAsync(deadline.Token);
                if (count == 0)
                {
                    return Utf8Text.Decode(body, filled);
                }

                filled += count;
                if (filled > maxBytes)
                {
                    throw AttemptException.TooLarge(maxBytes);
                }

                if (filled == body.Length)
                {
                    Array.Resize(ref body, 2 * body.Length);
                }
            }
        }
        catch (OperationCanceledException) when (deadline.IsOver)
        {
            throw AttemptException.Stalled(deadline.Limit);
        }
    }
}
