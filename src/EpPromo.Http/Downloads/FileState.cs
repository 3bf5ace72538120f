using System.Net;
using System.Net.Http.Headers;

namespace EpPromo.Http.Downloads;

/// <summary>
/// What is known of the file that is being downloaded, from the first answer that brought some of it: enough to tell whether a
/// second answer carries on with the very same file. Another file of the same length must never be joined to it.
/// </summary>
internal sealed class FileState
{
    private long? _total;
    private EntityTagHeaderValue? _tag;
    private DateTimeOffset? _changed;
    private bool _takesRanges;

    /// <summary>The whole length, or null when the host did not say.</summary>
    public long? Total => _total;

    /// <summary>Asks for the rest of the file when <paramref name="have"/> bytes are here and the host can give just the rest.</summary>
    public void AskForRest(HttpRequestHeaders headers, long have)
    {
        if (have == 0 || !_takesRanges || _total is null)
        {
            return;
        }

        if (_tag is not null)
        {
            headers.IfRange = new RangeConditionHeaderValue(_tag);
        }
        else if (_changed is { } changed)
        {
            headers.IfRange = new RangeConditionHeaderValue(changed);
        }
        else
        {
            // Nothing would tell the rest of this file from that of another.
            return;
        }

        headers.Range = new RangeHeaderValue(have, null);
    }

    /// <summary>Whether <paramref name="response"/> goes on at byte <paramref name="have"/> of the same file.</summary>
    public bool Continues(HttpResponseMessage response, long have) =>
        response.StatusCode == HttpStatusCode.PartialContent
        && response.Content.Headers.ContentRange is { Unit: "bytes", From: { } from, Length: { } total }
        && from == have
        && total == _total
        && IsSame(response)
        && ContentCoding.IsPlain(response);

    /// <summary>
    /// A new link may lead to another file, written in the same second. Only a strong tag tells the two apart for certain; without one
    /// the download begins again.
    /// </summary>
    public void NewLink() => _changed = null;

    /// <summary>Learns from an answer that brings the file from its beginning.</summary>
    public void Begin(HttpResponseMessage response)
    {
        bool plain = ContentCoding.IsPlain(response);
        _total = plain ? response.Content.Headers.ContentLength : null;
        _tag = response.Headers.ETag is { IsWeak: false } strong ? strong : null;
        _changed = response.Content.Headers.LastModified;
        _takesRanges = plain && response.Headers.AcceptRanges.Contains("bytes");
    }

    /// <summary>A host that takes no notice of <c>If-Range</c> sends a part of whatever it has: so what it says of it is compared, too.</summary>
    private bool IsSame(HttpResponseMessage response) =>
        _tag is not null ? _tag.Equals(response.Headers.ETag)
        : _changed is not null && _changed == response.Content.Headers.LastModified;
}
