using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Runtime.ExceptionServices;
using EpPromo.Http.Secrets;
using EpPromo.Http.Transport;
using EpPromo.Stores;
using EpPromo.Text;

namespace EpPromo.Http.Downloads;

/// <summary>Fetches a file from its host, one attempt at a time. It has no token and follows no redirects.</summary>
internal sealed class DownloadClient
{
    /// <summary>
    /// Fewer new bytes than this do not count as progress, so that a host that sends byte by byte cannot keep a download going forever.
    /// </summary>
    public const int MinProgressBytes = 1024;

    private const int BufferLength = 256 * 1024;

    private readonly HttpClient _client;
    private readonly StoreOptions _options;

    public DownloadClient(HttpClient client, StoreOptions options)
    {
        _client = client;
        _options = options;
    }

    /// <summary>
    /// Resumes the download, or starts it. What was written stays in <paramref name="destination"/> for the next attempt. An error of the
    /// destination itself is thrown unchanged: a retry does not help against a full disk.
    /// </summary>
    public async Task<DownloadResult> FetchAsync(
        Uri link, DownloadState file, Stream destination, CallContext call, CancellationToken cancellationToken)
    {
        using Deadline deadline = new(call, cancellationToken);
        Stopwatch elapsed = Stopwatch.StartNew();
        using HttpRequestMessage request = new(HttpMethod.Get, link);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        file.RequestRest(request.Headers, destination.Length);
        try
        {
            deadline.Start(_options.AttemptTimeout);
            using HttpResponseMessage response = await _client
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token)
                .WaitAsync(deadline.Token, late => late.Dispose());
            int status = (int)response.StatusCode;
            call.LogVerbose($"GET file from {HostName.Of(link)} -> {status} ({elapsed.Elapsed.TotalMilliseconds:0} ms)");
            if (status == HttpStatus.RangeNotSatisfiable)
            {
                Use(destination, stream => stream.SetLength(0));
            }

            if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.PartialContent))
            {
                return DownloadResult.Refused(status, RetryAfterHeader.Read(response.Headers, DateTimeOffset.UtcNow));
            }

            return await ReceiveAsync(response, file, destination, call, deadline);
        }
        catch (DestinationException failed)
        {
            ExceptionDispatchInfo.Capture(failed.InnerException!).Throw();
            throw;
        }
        catch (Exception e) when (TransportCause.IsTransport(e))
        {
            cancellationToken.ThrowIfCancellationRequested();
            SecretRedactor redactor = SecretRedactor.ForLink(link);
            return DownloadResult.Interrupted(
                deadline.IsOver ? AttemptException.Stalled(deadline.Limit).Message : TransportCause.Describe(e, link, redactor),
                TransportCause.Safe(e, redactor));
        }
    }

    private async Task<DownloadResult> ReceiveAsync(
        HttpResponseMessage response, DownloadState file, Stream destination, CallContext call, Deadline deadline)
    {
        bool isGZip = ContentEncoding.IsGZip(response);
        if (!isGZip && !ContentEncoding.IsPlain(response))
        {
            // Its length would be right, so nothing would show that these bytes are not the file.
            return DownloadResult.UnsupportedEncoding(string.Join(", ", response.Content.Headers.ContentEncoding));
        }

        if (!file.IsContinuedBy(response, destination.Length))
        {
            Use(destination, stream => stream.SetLength(0));
            if (response.StatusCode != HttpStatusCode.OK)
            {
                // A part of another file, or a part that was not requested: start over.
                return DownloadResult.Interrupted(
                    string.Format(CultureInfo.InvariantCulture, SR.DetailFileHostStatus, (int)response.StatusCode));
            }

            file.Start(response);
        }

        Use(destination, stream => stream.Position = stream.Length);
        Stream body = await response.Content.ReadAsStreamAsync().WaitAsync(deadline.Token, late => late.Dispose());
        GZipBody? packed = isGZip ? new GZipBody(body) : null;
        using Stream content = packed is null ? body : new GZipStream(packed, CompressionMode.Decompress);
        await CopyAsync(content, destination, call, deadline);
        if (packed is not null && !(GZipBody.ReadsAllMembers && HasKnownEnd(response)))
        {
            switch (await packed.FindEndAsync(destination.Length, deadline.Token))
            {
                case GZipEnd.CutOff:
                    return DownloadResult.Interrupted(SR.DetailGZipCutOff);
                case GZipEnd.SeveralMembers:
                    Use(destination, stream => stream.SetLength(0));
                    return DownloadResult.SeveralMembers;
            }
        }

        return file.TotalLength is { } total && total != destination.Length
            ? DownloadResult.Interrupted(MessageText.Of(SR.DetailFileTruncated, destination.Length, total))
            : DownloadResult.Complete;
    }

    /// <summary>
    /// Whether a response that is cut off is an error of the transport. The end of others is the end of the connection (RFC 9112 section 6.3),
    /// whatever has ended it.
    /// </summary>
    private static bool HasKnownEnd(HttpResponseMessage response) =>
        response.Content.Headers.ContentLength is not null || response.Headers.TransferEncodingChunked == true || response.Version.Major > 1;

    private async Task CopyAsync(Stream stream, Stream destination, CallContext call, Deadline deadline)
    {
        byte[] buffer = new byte[BufferLength];
        long lastProgress = destination.Length;
        while (true)
        {
            deadline.Start(_options.IdleTimeout);
            int count = await stream.ReadAsync(buffer, 0, buffer.Length, deadline.Token).WaitAsync(deadline.Token);
            if (count == 0)
            {
                return;
            }

            await WriteAsync(destination, buffer, count);
            if (destination.Length >= lastProgress + MinProgressBytes)
            {
                lastProgress = destination.Length;
                call.RestartTime();
            }
        }
    }

    private static void Use(Stream destination, Action<Stream> use)
    {
        try
        {
            use(destination);
        }
        catch (Exception e)
        {
            throw new DestinationException(e);
        }
    }

    private static async Task WriteAsync(Stream destination, byte[] buffer, int count)
    {
        try
        {
            // Not cancelled midway: the next attempt continues at the destination's length, so that must be what was written.
            await destination.WriteAsync(buffer, 0, count, CancellationToken.None);
        }
        catch (Exception e)
        {
            throw new DestinationException(e);
        }
    }

    /// <summary>Distinguishes an error of the destination from one of the network: both can be an IOException.</summary>
#pragma warning disable CA1032, CA1064 // Thrown and caught in this file only.
    private sealed class DestinationException : Exception
    {
        public DestinationException(Exception inner)
            : base(null, inner)
        {
        }
    }
}
