using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Pipeline;

/// <summary>The Retry-After header of a 429 (contract sections 3 and 8).</summary>
internal static class RetryAfterHeader
{
    /// <summary>Sets the header, unless the format says that there is none.</summary>
    /// <param name="response">The response.</param>
    /// <param name="format">The format of the header.</param>
    /// <param name="retryAt">When the client may send the request again.</param>
    /// <param name="now">The server's current time.</param>
    public static void Set(HttpResponse response, RetryAfterFormat format, DateTimeOffset retryAt, DateTimeOffset now)
    {
        if (format != RetryAfterFormat.None)
        {
            response.Headers.RetryAfter = format == RetryAfterFormat.Date
                ? retryAt.ToString("R", CultureInfo.InvariantCulture)
                : Math.Ceiling((retryAt - now).TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }
    }
}
