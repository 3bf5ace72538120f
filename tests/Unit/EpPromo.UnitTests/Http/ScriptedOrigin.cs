using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EpPromo.UnitTests.Http;

/// <summary>
/// A web server that answers with exactly the bytes it is told to, or breaks off where it is told to, and writes down every
/// request. What a well-behaved server library would never send can be sent from here.
/// </summary>
internal sealed class ScriptedOrigin : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly Func<RecordedRequest, Reply> _script;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;

    /// <summary>Listens on a free port, or on one that was reserved.</summary>
    public ScriptedOrigin(Func<RecordedRequest, Reply> script, Socket? reserved = null)
    {
        _script = script;
        _listener = reserved ?? Reserve();
        _listener.Listen(backlog: 512);
        BaseUri = UriOf(_listener);
        _accepting = AcceptAsync();
    }

    public Uri BaseUri { get; }

    /// <summary>A port that refuses connections, and that nobody else gets.</summary>
    public static Socket Reserve()
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    public static Uri UriOf(Socket reserved) => new($"http://127.0.0.1:{((IPEndPoint)reserved.LocalEndPoint!).Port}/");

    /// <summary>Every request so far, in the order they came.</summary>
    public IReadOnlyList<RecordedRequest> Requests => [.. _requests];

    /// <summary>The requests that are not for a token.</summary>
    public IReadOnlyList<RecordedRequest> Calls => [.. _requests.Where(request => !request.IsToken)];

    /// <summary>Completes when so many requests have come.</summary>
    public async Task WaitForAsync(int count, CancellationToken cancellationToken)
    {
        while (_requests.Count < count)
        {
            await Task.Delay(5, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task WriteAsync(NetworkStream stream, Reply reply)
    {
        int length = (reply.Bytes.Length + reply.Pieces - 1) / reply.Pieces;
        for (int start = 0; start < reply.Bytes.Length; start += length)
        {
            await Task.Delay(start == 0 ? TimeSpan.Zero : reply.Pause, _stop.Token);
            await stream.WriteAsync(reply.Bytes.AsMemory(start, Math.Min(length, reply.Bytes.Length - start)), _stop.Token);
        }
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptAsync(_stop.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }

            _connections.Add(ServeAsync(client));
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using (client)
        using (NetworkStream stream = new(client))
        {
            try
            {
                while (await RequestReader.ReadAsync(stream, _stop.Token) is { } request)
                {
                    _requests.Enqueue(request);
                    Reply reply = _script(request);
                    await reply.Gate.WaitAsync(_stop.Token);
                    await WriteAsync(stream, reply);
                    switch (reply.End)
                    {
                        case ReplyEnd.Stall:
                            await Task.Delay(Timeout.Infinite, _stop.Token);
                            return;
                        case ReplyEnd.Reset:
                            client.LingerState = new LingerOption(true, 0);
                            return;
                        case ReplyEnd.Close:
                            return;
                        default:
                            continue;
                    }
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // The client went away, or the test is over.
            }
        }
    }
}

/// <summary>A request as it came over the wire.</summary>
internal sealed record RecordedRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public bool IsToken => Target.EndsWith("/oauth/access_token", StringComparison.Ordinal);

    public string Path => Uri.UnescapeDataString(Target.Split('?')[0]);

    public string Query => Target.Contains('?') ? Uri.UnescapeDataString(Target.Split('?', 2)[1]) : "";

    public string? Authorization => Headers.GetValueOrDefault("Authorization");

    /// <summary>Everything that was sent, to look for what must not be in it.</summary>
    public string Whole => $"{Method} {Target}\n{string.Join("\n", Headers)}\n{Body}";
}

/// <summary>Reads requests with a length or without a body; null at the end, and for one who speaks TLS.</summary>
internal static class RequestReader
{
    private const byte TlsHello = 0x16;

    public static async Task<RecordedRequest?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        List<byte> head = [];
        byte[] one = new byte[1];
        while (!EndsWithBlankLine(head))
        {
            if (await stream.ReadAsync(one, cancellationToken) == 0)
            {
                return null;
            }

            head.Add(one[0]);
            if (head[0] == TlsHello)
            {
                return null;
            }
        }

        string[] lines = Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        string[] first = lines[0].Split(' ');
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (string line in lines.Skip(1))
        {
            headers[line[..line.IndexOf(':')]] = line[(line.IndexOf(':') + 1)..].Trim();
        }

        byte[] body = new byte[int.Parse(headers.GetValueOrDefault("Content-Length", "0"), System.Globalization.CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, cancellationToken);
        return new RecordedRequest(first[0], first[1], headers, Encoding.UTF8.GetString(body));
    }

    private static bool EndsWithBlankLine(List<byte> head) =>
        head.Count >= 4 && head[^4] == '\r' && head[^3] == '\n' && head[^2] == '\r' && head[^1] == '\n';
}
