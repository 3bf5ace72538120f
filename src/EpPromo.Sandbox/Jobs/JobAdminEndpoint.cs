using System.Text.Json.Nodes;
using EpPromo.Sandbox.Errors;
using EpPromo.Sandbox.Json;
using EpPromo.Sandbox.Promotions;
using EpPromo.Sandbox.Store;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Jobs;

/// <summary>
/// Makes a job without a token: POST /_sandbox/jobs with <c>promotion</c> (its name or id) and the fields of a job as in the API. What the
/// API would reject is rejected here, too.
/// </summary>
internal sealed class JobAdminEndpoint(StoreState state)
{
    public const string Route = "/_sandbox/jobs";

    private readonly JobOperations _jobs = new(state);

    /// <exception cref="ErrorResponseException">400, 404, 405, 409, 415, 422.</exception>
    public async Task InvokeAsync(HttpContext context)
    {
        (string id, JobSpec spec) = await AdminRequestBody.ReadAsync(context, body =>
        {
            PromotionState? promotion = body.NonBlankString("promotion", required: true) is { } idOrName
                ? state.Execute(_ => state.FindByIdOrName(idOrName))
                : null;
            return (promotion?.Id ?? "", JobRequestBody.Read(body, (promotion?.Variant ?? PromotionVariant.Rule).ConsumeUnits));
        });
        SandboxJob job = await state.WriteGate.WriteAsync(id, () => _jobs.Create(id, spec), context.RequestAborted);
        await JsonResponse.WriteAsync(context, 201, new JsonObject { ["data"] = JobResource.ToJson(job, state.Options) });
    }
}
