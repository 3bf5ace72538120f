using System.Text;
using EpPromo.Sandbox.Jobs;
using EpPromo.Sandbox.Pipeline;
using EpPromo.Sandbox.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace EpPromo.Sandbox.Exports;

/// <summary>
/// The file host (contract section 5, "File"). It serves a file to anyone with a valid signed link, rejects requests that carry
/// a bearer token, and, like real file hosts, writes errors as XML.
/// </summary>
internal sealed class DownloadEndpoint(StoreState state)
{
    private readonly JobOperations _jobs = new(state);

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods("/{promotion}/{file}", ["GET", "HEAD"], DownloadAsync).WithMetadata(EndpointName.Download);

    private Task DownloadAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization.Count > 0)
        {
            return WriteErrorAsync(context, 400, "InvalidArgument", "Only one auth mechanism allowed");
        }

        IQueryCollection query = context.Request.Query;
        string path = context.Request.Path.Value ?? "";
        if (!state.Links.IsValid(path, query["Expires"].ToString(), query["Signature"].ToString(), query["Key-Pair-Id"].ToString()))
        {
            return WriteErrorAsync(context, 403, "AccessDenied", "Access denied");
        }

        string jobId = context.RouteValue("file").Replace("_codes.csv", "", StringComparison.Ordinal);
        if (_jobs.File(context.PromotionId(), jobId) is not { } found)
        {
            return WriteErrorAsync(context, 404, "NoSuchKey", "The specified key does not exist.");
        }

        return Results.Bytes(
            found.File.GetFile(state.Options),
            "text/csv",
            enableRangeProcessing: true,
            lastModified: found.MadeAt,
            entityTag: new EntityTagHeaderValue($"\"{jobId}\"")).ExecuteAsync(context);
    }

    private static async Task WriteErrorAsync(HttpContext context, int status, string code, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml";
        string xml = $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code><Message>{message}</Message></Error>";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(xml), context.RequestAborted);
    }
}
