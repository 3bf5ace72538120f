using System.Text;
using EpPromo.Sandbox.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace EpPromo.Sandbox.Endpoints;

/// <summary>
/// The file host (contract section 5, "File"): gives a file to whoever has a good link, and speaks XML when it refuses, as
/// such hosts do. It has no use for a bearer token, and says so.
/// </summary>
internal sealed class DownloadEndpoint(StoreState state)
{
    private readonly JobOperations _jobs = new(state);

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods("/{promotion}/{file}", ["GET", "HEAD"], SendAsync).WithMetadata(EndpointKind.Download);

    private Task SendAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization.Count > 0)
        {
            return RefuseAsync(context, 400, "InvalidArgument", "Only one auth mechanism allowed");
        }

        IQueryCollection query = context.Request.Query;
        string path = context.Request.Path.Value ?? "";
        if (!state.Links.IsGood(path, query["Expires"].ToString(), query["Signature"].ToString(), query["Key-Pair-Id"].ToString()))
        {
            return RefuseAsync(context, 403, "AccessDenied", "Access denied");
        }

        string jobId = context.PathPart("file").Replace("_codes.csv", "", StringComparison.Ordinal);
        if (_jobs.File(context.PromotionId(), jobId) is not { } found)
        {
            return RefuseAsync(context, 404, "NoSuchKey", "The specified key does not exist.");
        }

        return Results.Bytes(
            found.File.Bytes(state.Options),
            "text/csv",
            enableRangeProcessing: true,
            lastModified: found.MadeAt,
            entityTag: new EntityTagHeaderValue($"\"{jobId}\"")).ExecuteAsync(context);
    }

    private static async Task RefuseAsync(HttpContext context, int status, string code, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml";
        string xml = $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code><Message>{message}</Message></Error>";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(xml), context.RequestAborted);
    }
}
