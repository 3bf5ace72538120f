using System.Globalization;
using EpPromo.Sandbox.State;
using EpPromo.Sandbox.Wire;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Pipeline;

/// <summary>
/// So many requests in any one second, whatever they are, tokens included; what is over it gets 429 and does not count
/// (contract section 3). A sliding window is the strictest reading of "requests per second".
/// </summary>
internal sealed class RateLimit(SandboxOptions options, SandboxClock clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Queue<DateTimeOffset> _answered = new();

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        DateTimeOffset now = clock.UtcNow;
        if (Admits(now))
        {
            return next(context);
        }

        SetRetryAfter(context.Response, options.RetryAfter, now + Window, now);
        throw ApiError.TooManyRequests();
    }

    /// <summary>Says when to come back, in the given form.</summary>
    public static void SetRetryAfter(HttpResponse response, RetryAfterFormat form, DateTimeOffset at, DateTimeOffset now)
    {
        if (form != RetryAfterFormat.None)
        {
            response.Headers.RetryAfter = form == RetryAfterFormat.Date
                ? at.ToString("R", CultureInfo.InvariantCulture)
                : Math.Ceiling((at - now).TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }
    }

    private bool Admits(DateTimeOffset now)
    {
        if (options.RequestsPerSecond <= 0)
        {
            return true;
        }

        lock (_lock)
        {
            while (_answered.TryPeek(out DateTimeOffset oldest) && oldest <= now - Window)
            {
                _answered.Dequeue();
            }

            if (_answered.Count >= options.RequestsPerSecond)
            {
                return false;
            }

            _answered.Enqueue(now);
            return true;
        }
    }
}
