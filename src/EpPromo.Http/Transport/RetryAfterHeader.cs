using System.Net.Http.Headers;
using EpPromo.Text;

namespace EpPromo.Http.Transport;

/// <summary>Reads <c>Retry-After</c> (api-contract.md section 3: not documented, may come in seconds or as a date).</summary>
internal static class RetryAfterHeader
{
    /// <summary>No call waits longer, and larger values could overflow a date.</summary>
    private static readonly TimeSpan s_max = TimeSpan.FromDays(365);

    /// <summary>
    /// How long to wait, or null when the header is missing or invalid. A date is compared with the response's own <c>Date</c>, because
    /// this machine's clock may be wrong.
    /// </summary>
    public static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset serverNow)
    {
        TimeSpan? wait = headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - (headers.Date ?? serverNow),
            _ => null,
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > s_max ? s_max : wait;
    }

    /// <summary>"the store asks to wait for 45 seconds".</summary>
    public static string Describe(TimeSpan wait) => MessageText.Of(SR.DetailRetryAfter, Math.Ceiling(wait.TotalSeconds));
}
