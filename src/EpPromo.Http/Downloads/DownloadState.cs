using System.Net;
using System.Net.Http.Headers;

namespace EpPromo.Http.Downloads;

/// <summary>
/// What is known about the file that is being downloaded, from the first response that brought some of it: enough to tell whether another
/// response continues the same file. A part of a different file of the same length must never be appended.
/// </summary>
internal sealed class DownloadState
{
    private EntityTagHeaderValue? _tag;
    private DateTimeOffset? _lastModified;
    private bool _acceptsRanges;

    /// <summary>The length of the whole file in bytes; null when the host did not say.</summary>
    public long? TotalLength { get; private set; }

    /// <summary>Requests only the rest of the file, when <paramref name="received"/> bytes are here and the host can send just the rest.</summary>
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
            // Nothing would distinguish the rest of this file from the rest of another one.
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

    /// <summary>Remembers what a response says about the file that it brings from its first byte.</summary>
    public void Start(HttpResponseMessage response)
    {
        bool isPlain = ContentEncoding.IsPlain(response);
        TotalLength = isPlain ? response.Content.Headers.ContentLength : null;
        _tag = response.Headers.ETag is { IsWeak: false } strong ? strong : null;
        _lastModified = response.Content.Headers.LastModified;
        _acceptsRanges = isPlain && response.Headers.AcceptRanges.Contains("bytes");
    }

    /// <summary>A host that ignores <c>If-Range</c> sends a part of whatever file it has, so the headers are compared here as well.</summary>
    private bool IsSameFile(HttpResponseMessage response) =>
        _tag is not null ? _tag.Equals(response.Headers.ETag)
        : _lastModified is not null && _lastModified == response.Content.Headers.LastModified;
}
