using System.Net;
using System.Net.Http.Headers;

namespace EpPromo.Http.Downloads;

/// <summary>
/// What the first response with content says about a file. It decides whether another response continues the same file: a part of a
/// different file of the same length must never be appended.
/// </summary>
internal sealed class DownloadState
{
    private EntityTagHeaderValue? _tag;
    private DateTimeOffset? _lastModified;
    private bool _acceptsRanges;

    /// <summary>The length of the whole file in bytes; null if unknown.</summary>
    public long? TotalLength { get; private set; }

    /// <summary>Requests only the rest of the file, if <paramref name="received"/> bytes have arrived and the host supports that.</summary>
    public void RequestRest(HttpRequestHeaders headers, long received)
    {
        if (received == 0 || !_acceptsRanges || TotalLength is null)
        {
            return;
        }

        if (_tag is not null)
        {
            headers.IfRange = new RangeConditionHeaderValue(_tag);
        }
        else if (_lastModified is { } lastModified)
        {
            headers.IfRange = new RangeConditionHeaderValue(lastModified);
        }
        else
        {
            // The rest of this file could not be distinguished from the rest of another one.
            return;
        }

        headers.Range = new RangeHeaderValue(received, null);
    }

    /// <summary>Whether <paramref name="response"/> continues the same file at byte <paramref name="received"/>.</summary>
    public bool IsContinuedBy(HttpResponseMessage response, long received) =>
        response.StatusCode == HttpStatusCode.PartialContent
        && response.Content.Headers.ContentRange is { Unit: "bytes", From: { } from, Length: { } total }
        && from == received
        && total == TotalLength
        && IsSameFile(response)
        && ContentEncoding.IsPlain(response);

    /// <summary>
    /// A new link may lead to another file that was written within the same second. Only a strong tag distinguishes the two; without one the
    /// download starts over.
    /// </summary>
    public void UseNewLink() => _lastModified = null;

    /// <summary>Starts over with a response that holds the file from its first byte.</summary>
    public void Start(HttpResponseMessage response)
    {
        bool isPlain = ContentEncoding.IsPlain(response);
        TotalLength = isPlain ? response.Content.Headers.ContentLength : null;
        _tag = response.Headers.ETag is { IsWeak: false } strong ? strong : null;
        _lastModified = response.Content.Headers.LastModified;
        _acceptsRanges = isPlain && response.Headers.AcceptRanges.Contains("bytes");
    }

    /// <summary>
    /// A host that ignores <c>If-Range</c> sends a part of whatever file it has, so the headers are compared here as well.
    /// </summary>
    private bool IsSameFile(HttpResponseMessage response) =>
        _tag is not null ? _tag.Equals(response.Headers.ETag)
        : _lastModified is not null && _lastModified == response.Content.Headers.LastModified;
}
