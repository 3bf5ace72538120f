using EpPromo.Sandbox.Time;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EpPromo.Sandbox.WebPage;

/// <summary>Sends what the page shows: once as JSON, or as server-sent events for as long as somebody looks.</summary>
internal static class PageStream
{
    /// <summary>How often the store is compared with what was sent.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    // A browser notices a dead connection only when something should have come.
    private const int QuietIntervals = 40;

    public static async Task WriteSnapshotAsync(HttpContext context, PageData data)
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(data.Read(PageView.Of(context)).ToJson(), context.RequestAborted);
    }

    /// <summary>Sends everything at first, then the sections that have changed.</summary>
    public static async Task WriteChangesAsync(HttpContext context, PageData data, SandboxClock clock)
    {
        PageView view = PageView.Of(context);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        PageSections? sent = null;
        int quiet = 0;
        while (true)
        {
            PageSections current = data.Read(view);
            PageSections changes = current.ChangesSince(sent);
            if (!changes.IsEmpty)
            {
                await SendAsync(context, [.. "data: "u8, .. changes.ToJson(), .. "\n\n"u8]);
                quiet = 0;
            }
            else if (++quiet >= QuietIntervals)
            {
                await SendAsync(context, [.. ": nothing new\n\n"u8]);
                quiet = 0;
            }

            sent = current;
            await clock.Delay(Interval, context.RequestAborted);
        }
    }

    private static async Task SendAsync(HttpContext context, byte[] text)
    {
        await context.Response.Body.WriteAsync(text, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
