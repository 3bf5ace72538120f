using EpPromo.Sandbox.Pipeline;

namespace EpPromo.Sandbox.WebPage.Rows;

/// <summary>The requests that the page shows.</summary>
/// <param name="Total">How many requests there were.</param>
/// <param name="Rows">The latest ones, latest first.</param>
internal sealed record RequestRows(long Total, IReadOnlyList<RequestRow> Rows)
{
    /// <summary>How many requests are shown.</summary>
    private const int MaxRequests = 50;

    public static RequestRows Latest(RequestLog log)
    {
        (IReadOnlyList<RecordedRequest> requests, long first, long total) = log.Latest(MaxRequests);
        return new RequestRows(total, [.. requests.Select((request, index) => RequestRow.Of(request, first + index)).Reverse()]);
    }
}

/// <summary>A request as the page shows it.</summary>
/// <param name="Number">Its number, from 0.</param>
/// <param name="At">When it arrived.</param>
/// <param name="Origin">"api" or "files": the port that received it.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path, with the query if it is of the API: that of a file is a signature.</param>
/// <param name="Status">The status of the response; 0 if there is no response, or none yet.</param>
/// <param name="Milliseconds">How long the sandbox processed it; null while it does.</param>
internal sealed record RequestRow(long Number, DateTimeOffset At, string Origin, string Method, string Path, int Status, double? Milliseconds)
{
    public static RequestRow Of(RecordedRequest request, long number)
    {
        string target = request.Origin == "files" ? request.PathAndQuery.Split('?')[0] : request.PathAndQuery;
        double? milliseconds = request.Took is { } took ? Math.Round(took.TotalMilliseconds, 1) : null;
        return new RequestRow(number, request.At, request.Origin, ShortText.Of(request.Method), ShortText.Of(target), request.Status, milliseconds);
    }
}
