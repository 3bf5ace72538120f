using EpPromo.Sandbox.Errors;
using EpPromo.Sandbox.Pipeline;
using EpPromo.Sandbox.Store;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.WebPage;

/// <summary>
/// A page for people who prefer a picture: / is the page, /_sandbox/page/ has its files and its data. Nothing is computed while nobody sees
/// it.
/// </summary>
internal sealed class PageEndpoints(StoreState state, RequestLog log, FaultRules faults)
{
    private const string Root = "/";
    private const string FilesRoute = "/_sandbox/page/";
    private const string SnapshotRoute = FilesRoute + "snapshot";
    private const string ChangesRoute = FilesRoute + "changes";

    private readonly PageData _data = new(state, log, faults);

    public static bool IsFor(HttpContext context) => context.Request.Path == Root;

    /// <exception cref="ErrorResponseException">404, 405.</exception>
    public Task InvokeAsync(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "";
        PageFile? file = path == Root ? PageFile.Index : PageFile.Find(path[Math.Min(path.Length, FilesRoute.Length)..]);
        bool isFile = file is not null && (path == Root || path.StartsWith(FilesRoute, StringComparison.Ordinal));
        if (!isFile && path is not (SnapshotRoute or ChangesRoute))
        {
            throw ErrorResponses.NotFound("Route");
        }

        if (context.Request.Method != "GET")
        {
            throw ErrorResponses.MethodNotAllowed();
        }

        return path switch
        {
            SnapshotRoute => PageStream.WriteSnapshotAsync(context, _data),
            ChangesRoute => PageStream.WriteChangesAsync(context, _data, state.Clock),
            _ => file!.WriteAsync(context),
        };
    }
}
