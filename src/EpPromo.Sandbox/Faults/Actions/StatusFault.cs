using System.Text;
using EpPromo.Sandbox.Errors;
using EpPromo.Sandbox.Json;
using EpPromo.Sandbox.Pipeline;
using EpPromo.Sandbox.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace EpPromo.Sandbox.Faults.Actions;

/// <summary>Responds with a status, as the API or a gateway in front of it would (contract section 4).</summary>
internal sealed class StatusFault(StoreState state) : IFault
{
    private static readonly TimeSpan s_defaultRetryAfter = TimeSpan.FromSeconds(1);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next, FaultRule rule, SeededRandom random)
    {
        if (rule.After)
        {
            await BufferedResponse.CaptureAsync(context, next);
            context.Response.Headers.Clear();
        }

        int status = rule.Status ?? StatusCodes.Status503ServiceUnavailable;
        string reason = ReasonPhrases.GetReasonPhrase(status);
        DateTimeOffset now = state.Clock.UtcNow;
        RetryAfterHeader.Set(context.Response, rule.RetryAfter, now + (rule.Time ?? s_defaultRetryAfter), now);
        context.Response.StatusCode = status;
        if (rule.Text is { } text)
        {
            await SendTextAsync(context, text.StartsWith('{') || text.StartsWith('[') ? "application/json" : "text/plain", text);
        }
        else if (rule.Body == FaultBody.Json)
        {
            ErrorResponseException error = ErrorResponses.Create(status, reason, "An injected fault");
            await JsonResponse.WriteErrorAsync(context, error, state.Options.NumericErrorStatus);
        }
        else if (rule.Body == FaultBody.Html)
        {
            await SendTextAsync(
                context, "text/html", $"<html><head><title>{status} {reason}</title></head><body><h1>{status} {reason}</h1></body></html>");
        }
    }

    private static Task SendTextAsync(HttpContext context, string type, string text)
    {
        context.Response.ContentType = type;
        return BufferedResponse.SendAsync(context, Encoding.UTF8.GetBytes(text));
    }
}
