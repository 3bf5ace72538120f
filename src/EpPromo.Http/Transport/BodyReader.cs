using System.Text;

namespace EpPromo.Http;

/// <summary>
/// Reads the body of an answer into memory: not more than allowed, and not waiting longer than allowed for each piece. Flurl's
/// own timeout ends at the headers (docs/architecture.md).
/// </summary>
internal static class BodyReader
{
    private const int BufferLength = 16 * 1024;

    /// <summary>The body as text. JSON is UTF-8, whatever a header says.</summary>
    /// <exception cref="AttemptException">It is too long, or stood still.</exception>
    public static async Task<string> ReadAsync(HttpContent content, TimeSpan idle, int limit, Deadline deadline)
    {
        if (content.Headers.ContentLength > limit)
        {
            throw AttemptException.TooLarge(limit);
        }

        try
        {
            using MemoryStream body = await CopyAsync(content, idle, limit, deadline);
            using StreamReader reader = new(body, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: true);
            return reader.ReadToEnd();
        }
        catch (OperationCanceledException) when (deadline.IsOver)
        {
            throw AttemptException.StoodStill(deadline.Given);
        }
    }

    private static async Task<MemoryStream> CopyAsync(HttpContent content, TimeSpan idle, int limit, Deadline deadline)
    {
        deadline.Begin(idle);
        using Stream stream = await content.ReadAsStreamAsync().OrCancelled(deadline.Token, late => late.Dispose());
        MemoryStream body = new();
        byte[] buffer = new byte[BufferLength];
        while (true)
        {
            deadline.Begin(idle);
            int count = await stream.ReadAsync(buffer, 0, buffer.Length, deadline.Token).OrCancelled(deadline.Token);
            if (count == 0)
            {
                body.Position = 0;
                return body;
            }

            if (body.Length + count > limit)
            {
                throw AttemptException.TooLarge(limit);
            }

            body.Write(buffer, 0, count);
        }
    }
}
