using System.Globalization;
using System.Text;
using EpPromo.Sandbox.Time;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EpPromo.Sandbox.Pipeline;

/// <summary>
/// Reads the whole request, adds it to the log as soon as it has arrived, and sets the Date header by the sandbox's own clock.
/// A request that cannot be read is not logged.
/// </summary>
internal sealed class RequestRecordingMiddleware(RequestLog log, SandboxClock clock, string origin)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        DateTimeOffset at = clock.UtcNow;
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.Date = clock.UtcNow.ToString("R", CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        });
        byte[] body = await RequestBodyReader.ReadAsync(context);
        context.Features.Set(new BufferedBody(body));
        long number = log.Add(Record(context.Request, at, body));
        context.Response.OnStarting(() =>
        {
            if (context.Features.Get<DroppedResponse>() is null)
            {
                log.SetStatus(number, context.Response.StatusCode);
            }

            return Task.CompletedTask;
        });
        try
        {
            await next(context);
        }
        finally
        {
            log.SetTook(number, clock.UtcNow - at);
        }
    }

    private RecordedRequest Record(HttpRequest request, DateTimeOffset at, byte[] body)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in request.Headers)
        {
            headers[name] = string.Join(", ", values.ToArray());
        }

        string target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return new RecordedRequest(at, origin, request.Method, target, headers, Encoding.UTF8.GetString(body), Status: 0);
    }
}
