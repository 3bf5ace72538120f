using System.Text.Json.Nodes;
using EpPromo.Sandbox.Pipeline;
using EpPromo.Sandbox.State;
using EpPromo.Sandbox.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EpPromo.Sandbox.Endpoints;

/// <summary>The jobs of a promotion (contract section 5). There is no endpoint for one job, on purpose.</summary>
internal sealed class JobEndpoints(StoreState state, Func<HttpRequest, Uri> filesUri)
{
    private const string Root = PromotionEndpoints.One + "/jobs";

    private static readonly FilterFields Filters = new(new Dictionary<string, FilterField>
    {
        ["job_type"] = FilterField.Text("eq"),
        ["status"] = FilterField.Text("eq"),
    });

    private readonly JobOperations _jobs = new(state);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root, ListAsync).WithMetadata(EndpointKind.JobList);
        routes.MapPost(Root, CreateAsync).WithMetadata(EndpointKind.JobCreate);
        routes.MapPost(Root + "/{job}/cancel", CancelAsync).WithMetadata(EndpointKind.JobCancel);
        routes.MapGet(Root + "/{job}/file", FileAsync).WithMetadata(EndpointKind.JobFile);
    }

    private Task ListAsync(HttpContext context)
    {
        Query query = Query.Read(context, state.Options.DefaultPageLength, Filters).WithUndeclaredPages(state.Options);
        IReadOnlyList<SandboxJob> jobs = _jobs.List(context.PromotionId(), ListLag.Of(context, state.Options));
        IReadOnlyList<SandboxJob> found = [.. jobs.Where(job => query.Filter.All(term => Passes(term, job)))];
        return context.WritePageAsync(found, query, state.Options, job => JobJson.Of(job, state.Options));
    }

    private async Task CreateAsync(HttpContext context)
    {
        string id = context.PromotionId();
        JobSpec spec = JobBody.Read(context);
        JobFate? fate = context.Features.Get<JobFate>();
        SandboxJob job = await state.Writes.WriteAsync(id, () => _jobs.Create(id, spec, fate), context.RequestAborted);
        await AnswerAsync(context, 201, job);
    }

    private async Task CancelAsync(HttpContext context)
    {
        // Empty in the reference, {} in the documentation (contract section 5).
        JsonBody.ExpectNoneOrEmptyObject(context);
        string id = context.PromotionId();
        string jobId = context.PathPart("job");
        SandboxJob job = await state.Writes.WriteAsync(id, () => _jobs.Cancel(id, jobId), context.RequestAborted);
        await AnswerAsync(context, 200, job);
    }

    private Task FileAsync(HttpContext context)
    {
        string link = _jobs.Link(context.PromotionId(), context.PathPart("job"));
        return JsonAnswer.WriteAsync(context, 200, new JsonObject { ["href"] = new Uri(filesUri(context.Request), link).AbsoluteUri });
    }

    private Task AnswerAsync(HttpContext context, int status, SandboxJob job) =>
        JsonAnswer.WriteAsync(context, status, new JsonObject { ["data"] = JobJson.Of(job, state.Options) });

    // The reference filters by "complete" although the status is "completed" (contract section 5): both find it here.
    private static bool Passes(FilterTerm term, SandboxJob job) => term.Field == "job_type"
        ? term.Matches(job.Spec.JobType)
        : term.Matches(job.Status) || (term.Value == "complete" && job.Status == JobStatus.Completed);
}
