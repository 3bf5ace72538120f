using System.Globalization;
using System.Text;
using EpPromo.Sandbox.State;
using EpPromo.Sandbox.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EpPromo.Sandbox.Pipeline;

/// <summary>
/// Reads the whole request, notes it, and sets the Date header by the sandbox's own clock. It knows a request from the
/// moment it has arrived, whatever becomes of it later; one that cannot be read has not arrived.
/// </summary>
internal sealed class RequestRecorder(RequestLog log, SandboxClock clock, string origin)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        DateTimeOffset at = clock.UtcNow;
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.Date = clock.UtcNow.ToString("R", CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        });
        byte[] body = await RequestBody.ReadAsync(context);
        context.Features.Set(new Received(body));
        long number = log.Add(Record(context.Request, at, body));
        context.Response.OnStarting(() =>
        {
            if (context.Features.Get<NoAnswer>() is null)
            {
                log.Answered(number, context.Response.StatusCode);
            }

            return Task.CompletedTask;
        });
        await next(context);
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
