using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EpPromo.ModuleTests.Servers;

/// <summary>A webhook on this machine. It responds to the first messages with the given statuses, and accepts all that follow.</summary>
internal sealed class WebhookServer : IAsyncDisposable
{
    /// <summary>In place of a status: the connection is closed without a response.</summary>
    public const int ConnectionClosed = 0;

    private readonly ConcurrentQueue<int> _statuses;
    private readonly WebApplication _application;

    private WebhookServer(IEnumerable<int> statuses)
    {
        _statuses = new ConcurrentQueue<int>(statuses);
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _application = builder.Build();
        _application.Run(RespondAsync);
    }

    /// <summary>The path of the address that must not appear anywhere.</summary>
    public static string Secret => "T0001/B0002/kept-secret";

    /// <summary>The address that a sender gets.</summary>
    public string Address => $"{_application.Urls.Single()}/services/{Secret}";

    /// <summary>The header Retry-After of each response that is not a success; null for none.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>The messages received, those that were not accepted included.</summary>
    public ConcurrentQueue<JsonElement> Messages { get; } = new();

    /// <summary>Requests that are no messages to the webhook, such as those after a redirect.</summary>
    public ConcurrentQueue<string> OtherRequests { get; } = new();

    /// <summary>Starts a webhook on a free port.</summary>
    public static async Task<WebhookServer> StartAsync(string? retryAfter, params int[] statuses)
    {
        WebhookServer server = new(statuses) { RetryAfter = retryAfter };
        await server._application.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task RespondAsync(HttpContext context)
    {
        string request = $"{context.Request.Method} {context.Request.Path}";
        if (request != "POST /services/" + Secret)
        {
            OtherRequests.Enqueue(request);
            return;
        }

        Messages.Enqueue(await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body, cancellationToken: context.RequestAborted));
        if (!_statuses.TryDequeue(out int status))
        {
            return;
        }

        if (status == ConnectionClosed)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = status;
        if (RetryAfter is not null)
        {
            context.Response.Headers.RetryAfter = RetryAfter;
        }

        if (status is >= 300 and < 400)
        {
            context.Response.Headers.Location = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{context.Connection.LocalPort}/elsewhere");
        }

        await context.Response.WriteAsync($"error at {Address}", context.RequestAborted);
    }
}
