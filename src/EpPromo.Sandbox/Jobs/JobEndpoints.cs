using System.Text.Json.Nodes;
using EpPromo.Sandbox.Filters;
using EpPromo.Sandbox.Json;
using EpPromo.Sandbox.Lists;
using EpPromo.Sandbox.Pipeline;
using EpPromo.Sandbox.Promotions;
using EpPromo.Sandbox.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EpPromo.Sandbox.Jobs;

/// <summary>The endpoints of a promotion's jobs (contract section 5). As in the API, there is none for a single job.</summary>
internal sealed class JobEndpoints(StoreState state, Func<HttpRequest, Uri> filesUri)
{
    private const string CollectionRoute = PromotionEndpoints.ItemRoute + "/jobs";

    private static readonly FilterParser s_filterParser = new(new Dictionary<string, FilterField>
    {
        ["job_type"] = FilterField.Text("eq"),
        ["status"] = FilterField.Text("eq"),
    });

    private readonly JobOperations _jobs = new(state);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(CollectionRoute, ListAsync).WithMetadata(EndpointName.JobList);
        routes.MapPost(CollectionRoute, CreateAsync).WithMetadata(EndpointName.JobCreate);
        routes.MapPost(CollectionRoute + "/{job}/cancel", CancelAsync).WithMetadata(EndpointName.JobCancel);
        routes.MapGet(CollectionRoute + "/{job}/file", GetFileAsync).WithMetadata(EndpointName.JobFile);
    }

    private Task ListAsync(HttpContext context)
    {
        ListQuery query = ListQuery.Read(context, state.Options.DefaultPageLength, s_filterParser).WithUndeclaredPaging(state.Options);
        IReadOnlyList<SandboxJob> jobs = _jobs.List(context.PromotionId(), ListLag.Of(context, state.Options));
        IReadOnlyList<SandboxJob> found = [.. jobs.Where(job => query.Filter.All(term => Matches(term, job)))];
        return context.WritePageAsync(found, query, state.Options, job => JobResource.ToJson(job, state.Options));
    }

    private async Task CreateAsync(HttpContext context)
    {
        string id = context.PromotionId();
        JobSpec spec = JobRequestBody.Read(context);
        ForcedJobOutcome? forcedOutcome = context.Features.Get<ForcedJobOutcome>();
        SandboxJob job = await state.WriteGate.WriteAsync(id, () => _jobs.Create(id, spec, forcedOutcome), context.RequestAborted);
        await WriteAsync(context, 201, job);
    }

    private async Task CancelAsync(HttpContext context)
    {
        // The reference has an empty body, the documentation {} (contract section 5).
        JsonRequestBody.RequireEmptyOrEmptyObject(context);
        string id = context.PromotionId();
        string jobId = context.RouteValue("job");
        SandboxJob job = await state.WriteGate.WriteAsync(id, () => _jobs.Cancel(id, jobId), context.RequestAborted);
        await WriteAsync(context, 200, job);
    }

    private Task GetFileAsync(HttpContext context)
    {
        string link = _jobs.FileLink(context.PromotionId(), context.RouteValue("job"));
        return JsonResponse.WriteAsync(
            context, 200, new JsonObject { ["href"] = new Uri(filesUri(context.Request), link).AbsoluteUri });
    }

    private Task WriteAsync(HttpContext context, int status, SandboxJob job) =>
        JsonResponse.WriteAsync(context, status, new JsonObject { ["data"] = JobResource.ToJson(job, state.Options) });

    // The reference filters by "complete" although the status is "completed" (contract section 5). The sandbox accepts both.
    private static bool Matches(FilterTerm term, SandboxJob job) => term.Field == "job_type"
        ? term.Matches(job.Spec.JobType)
        : term.Matches(job.Status) || (term.Value == "complete" && job.Status == JobStatus.Completed);
}
