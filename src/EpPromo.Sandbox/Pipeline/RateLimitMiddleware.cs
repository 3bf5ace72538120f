using EpPromo.Sandbox.Errors;
using EpPromo.Sandbox.Time;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Pipeline;

/// <summary>
/// Limits the requests in any one second, token requests included. A request over the limit gets 429 and does not count
/// (contract section 3). The sliding window is the strictest reading of "requests per second".
/// </summary>
internal sealed class RateLimitMiddleware(SandboxOptions options, SandboxClock clock)
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Queue<DateTimeOffset> _admitted = new();

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        DateTimeOffset now = clock.UtcNow;
        if (TryAdmit(now))
        {
            return next(context);
        }

        RetryAfterHeader.Set(context.Response, options.RetryAfter, now + s_window, now);
        throw ErrorResponses.TooManyRequests();
    }

    private bool TryAdmit(DateTimeOffset now)
    {
        if (options.RequestsPerSecond <= 0)
        {
            return true;
        }

        lock (_lock)
        {
            while (_admitted.TryPeek(out DateTimeOffset oldest) && oldest <= now - s_window)
            {
                _admitted.Dequeue();
            }

            if (_admitted.Count >= options.RequestsPerSecond)
            {
                return false;
            }

            _admitted.Enqueue(now);
            return true;
        }
    }
}
