using System.Text;

namespace EpPromo.Http.Transport;

/// <summary>
/// Reads the body of a response into memory: no more than allowed, and without waiting longer than allowed for each piece. The timeouts
/// of Flurl and of <see cref="HttpClient"/> end with the headers.
/// </summary>
internal static class BodyReader
{
    private const int BufferLength = 16 * 1024;

    /// <summary>The body as text. JSON is UTF-8, whatever a header says.</summary>
    /// <param name="content">The body.</param>
    /// <param name="idle">How long to wait for each piece.</param>
    /// <param name="maxBytes">How long the body may be.</param>
    /// <param name="deadline">That of the attempt.</param>
    /// <exception cref="AttemptException">The body is too long, or no more of it came.</exception>
    public static async Task<string> ReadAsync(HttpContent content, TimeSpan idle, int maxBytes, Deadline deadline)
    {
        if (content.Headers.ContentLength > maxBytes)
        {
            throw AttemptException.TooLarge(maxBytes);
        }

        try
        {
            using MemoryStream body = await CopyAsync(content, idle, maxBytes, deadline);
            using StreamReader reader = new(body, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: true);
            return reader.ReadToEnd();
        }
        catch (OperationCanceledException) when (deadline.IsOver)
        {
            throw AttemptException.Stalled(deadline.Limit);
        }
    }

    private static async Task<MemoryStream> CopyAsync(HttpContent content, TimeSpan idle, int maxBytes, Deadline deadline)
    {
        deadline.Start(idle);
        using Stream stream = await content.ReadAsStreamAsync().WaitAsync(deadline.Token, late => late.Dispose());
        MemoryStream body = new();
        byte[] buffer = new byte[BufferLength];
        while (true)
        {
            deadline.Start(idle);
            int count = await stream.ReadAsync(buffer, 0, buffer.Length, deadline.Token).WaitAsync(deadline.Token);
            if (count == 0)
            {
                body.Position = 0;
                return body;
            }

            if (body.Length + count > maxBytes)
            {
                throw AttemptException.TooLarge(maxBytes);
            }

            body.Write(buffer, 0, count);
        }
    }
}
