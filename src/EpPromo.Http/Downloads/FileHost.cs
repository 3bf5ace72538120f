using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using EpPromo.Http.Resilience;
using EpPromo.Http.Transport;
using EpPromo.Stores;
using EpPromo.Text;

namespace EpPromo.Http.Downloads;

/// <summary>Fetches from the host of signed links, one try at a time. It knows no token and follows no redirect.</summary>
internal sealed class FileHost
{
    private const int BufferLength = 64 * 1024;

    private readonly HttpClient _client;
    private readonly StoreOptions _options;

    public FileHost(HttpClient client, StoreOptions options)
    {
        _client = client;
        _options = options;
    }

    /// <summary>
    /// Goes on with the download, or begins it. What was written stays in <paramref name="destination"/> for the next try. An error
    /// of the destination itself is thrown as it is: trying again would not help a full disk.
    /// </summary>
    public async Task<FileAttempt> FetchAsync(
        Uri link, FileState file, Stream destination, CallContext call, CancellationToken cancellationToken)
    {
        using Deadline deadline = new(call, cancellationToken);
        Stopwatch elapsed = Stopwatch.StartNew();
        using HttpRequestMessage request = new(HttpMethod.Get, link);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        file.AskForRest(request.Headers, destination.Length);
        try
        {
            deadline.Start(_options.AttemptTimeout);
            using HttpResponseMessage response = await _client
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token)
                .WaitAsync(deadline.Token, late => late.Dispose());
            int status = (int)response.StatusCode;
            call.LogVerbose($"GET file from {HostName.Of(link)} -> {status} ({elapsed.Elapsed.TotalMilliseconds:0} ms)");
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                destination.SetLength(0);
            }

            if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.PartialContent))
            {
                return FileAttempt.Refused(status, RetryAfterHeader.Read(response.Headers, DateTimeOffset.UtcNow));
            }

            return await TakeAsync(response, file, destination, call, deadline);
        }
        catch (DestinationException broken)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(broken.InnerException!).Throw();
            throw;
        }
        catch (Exception e) when (TransportCause.IsTransport(e))
        {
            cancellationToken.ThrowIfCancellationRequested();
            SecretRedactor redactor = SecretRedactor.ForLink(link);
            return FileAttempt.Broken(
                deadline.IsOver ? AttemptException.Stalled(deadline.Limit).Message : TransportCause.Describe(e, redactor),
                TransportCause.Safe(e, redactor));
        }
    }

    private async Task<FileAttempt> TakeAsync(
        HttpResponseMessage response, FileState file, Stream destination, CallContext call, Deadline deadline)
    {
        bool packed = ContentCoding.IsGZip(response);
        if (!packed && !ContentCoding.IsPlain(response))
        {
            // Taken for the file, it would be whole by all that can be counted.
            return FileAttempt.Unreadable(string.Join(", ", response.Content.Headers.ContentEncoding));
        }

        if (!file.Continues(response, destination.Length))
        {
            destination.SetLength(0);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                // A part of some other file, or a part that nobody asked for: begin again.
                return FileAttempt.Broken(
                    string.Format(CultureInfo.InvariantCulture, SR.DetailFileHostStatus, (int)response.StatusCode));
            }

            file.Begin(response);
        }

        destination.Position = destination.Length;
        Stream body = await response.Content.ReadAsStreamAsync().WaitAsync(deadline.Token, late => late.Dispose());
        using Stream stream = packed ? new GZipStream(body, CompressionMode.Decompress) : body;
        byte[] buffer = new byte[BufferLength];
        long mark = destination.Length;
        while (true)
        {
            deadline.Start(_options.IdleTimeout);
            int count = await stream.ReadAsync(buffer, 0, buffer.Length, deadline.Token).WaitAsync(deadline.Token);
            if (count == 0)
            {
                break;
            }

            await WriteAsync(destination, buffer, count);
            if (destination.Length >= mark + FileDownloader.Progress)
            {
                mark = destination.Length;
                call.RestartTime();
            }
        }

        return file.Total is { } total && total != destination.Length
            ? FileAttempt.Broken(MessageText.Of(SR.DetailFileTruncated, destination.Length, total))
            : FileAttempt.Whole;
    }

    private static async Task WriteAsync(Stream destination, byte[] buffer, int count)
    {
        try
        {
            // Not cancelled half-way: what the destination holds must be whole pieces, for the next try goes on after them.
            await destination.WriteAsync(buffer, 0, count, CancellationToken.None);
        }
        catch (Exception e)
        {
            throw new DestinationException(e);
        }
    }

    /// <summary>Tells an error of the destination from one of the network: both can be an IOException.</summary>
#pragma warning disable CA1032, CA1064 // Thrown and caught in this file only.
    private sealed class DestinationException : Exception
    {
        public DestinationException(Exception inner)
            : base(null, inner)
        {
        }
    }
}
