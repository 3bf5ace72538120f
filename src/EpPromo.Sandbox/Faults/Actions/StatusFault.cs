using System.Text;
using EpPromo.Sandbox.Pipeline;
using EpPromo.Sandbox.State;
using EpPromo.Sandbox.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace EpPromo.Sandbox.Faults.Actions;

/// <summary>Answers with a status, as the API or a gateway in front of it would (contract section 4).</summary>
internal sealed class StatusFault(StoreState state) : IFault
{
    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(1);

    public async Task InvokeAsync(HttpContext context, RequestDelegate work, FaultRule rule, SeededRandom random)
    {
        if (rule.After)
        {
            await Answer.HoldBackAsync(context, work);
            context.Response.Headers.Clear();
        }

        int status = rule.Status ?? StatusCodes.Status503ServiceUnavailable;
        string reason = ReasonPhrases.GetReasonPhrase(status);
        DateTimeOffset now = state.Clock.UtcNow;
        RateLimit.SetRetryAfter(context.Response, rule.RetryAfter, now + (rule.Time ?? DefaultRetryAfter), now);
        context.Response.StatusCode = status;
        if (rule.Text is { } text)
        {
            await SendTextAsync(context, text.StartsWith('{') || text.StartsWith('[') ? "application/json" : "text/plain", text);
        }
        else if (rule.Body == FaultBody.Json)
        {
            ApiError error = ApiError.Of(status, reason, "A fault that was asked for");
            await JsonAnswer.WriteErrorAsync(context, error, state.Options.NumericErrorStatus);
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
        return Answer.SendAsync(context, Encoding.UTF8.GetBytes(text));
    }
}
