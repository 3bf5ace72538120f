using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace EpPromo.UnitTests.Http;

/// <summary>
/// A web server that sends exactly the scripted bytes, or breaks the connection, and records every request. So it can send what no server
/// library would.
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

    /// <summary>A port that refuses connections and that no other process can get.</summary>
    public static Socket Reserve()
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    public static Uri UriOf(Socket reserved) => new($"http://127.0.0.1:{((IPEndPoint)reserved.LocalEndPoint!).Port}/");

    /// <summary>All requests so far, in the order they arrived.</summary>
    public IReadOnlyList<RecordedRequest> Requests => [.. _requests];

    /// <summary>All requests except those for a token.</summary>
    public IReadOnlyList<RecordedRequest> Calls => [.. _requests.Where(request => !request.IsToken)];

    /// <summary>Completes when at least <paramref name="count"/> requests have arrived.</summary>
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
                // The client disconnected, or the test has ended.
            }
        }
    }
}
