using System.Net.Http.Headers;
using EpPromo.Text;

namespace EpPromo.Http;

/// <summary>Reads <c>Retry-After</c> (api-contract.md section 3: not documented, may come in seconds or as a date).</summary>
internal static class RetryAfter
{
    /// <summary>More than this is not waited by anybody, and cannot be counted with.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <summary>
    /// How long to wait, or null when the header is missing or makes no sense. A date is compared with the answer's own
    /// <c>Date</c>, because this machine's clock may be wrong.
    /// </summary>
    public static TimeSpan? Of(HttpResponseHeaders headers, DateTimeOffset serverNow)
    {
        TimeSpan? wait = headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - (headers.Date ?? serverNow),
            _ => null,
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait;
    }

    /// <summary>"the store asks to wait for 45 seconds".</summary>
    public static string Words(TimeSpan wait) =>
        MessageText.Of(SR.DetailRetryAfter, Math.Ceiling(wait.TotalSeconds));
}
