using System.Net;
using System.Net.Http.Headers;

namespace EpPromo.Http;

/// <summary>
/// What is known of the file that is being downloaded, from the first answer that brought some of it: enough to tell whether a
/// second answer carries on with the very same file.
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

        headers.Range = new RangeHeaderValue(have, null);
        if (_tag is { IsWeak: false })
        {
            headers.IfRange = new RangeConditionHeaderValue(_tag);
        }
        else if (_changed is { } changed)
        {
            headers.IfRange = new RangeConditionHeaderValue(changed);
        }
    }

    /// <summary>Whether <paramref name="response"/> goes on at byte <paramref name="have"/> of the same file.</summary>
    public bool Continues(HttpResponseMessage response, long have) =>
        response.StatusCode == HttpStatusCode.PartialContent
        && response.Content.Headers.ContentRange is { Unit: "bytes", From: { } from, Length: { } total }
        && from == have
        && total == _total
        && Equals(response.Headers.ETag, _tag)
        && response.Content.Headers.ContentEncoding.Count == 0;

    /// <summary>Learns from an answer that brings the file from its beginning.</summary>
    public void Begin(HttpResponseMessage response)
    {
        bool plain = response.Content.Headers.ContentEncoding.Count == 0;
        _total = plain ? response.Content.Headers.ContentLength : null;
        _tag = response.Headers.ETag;
        _changed = response.Content.Headers.LastModified;
        _takesRanges = plain && response.Headers.AcceptRanges.Contains("bytes");
    }
}
