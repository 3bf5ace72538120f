using System.Text.Json.Nodes;
using EpPromo.Sandbox.State;
using EpPromo.Sandbox.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EpPromo.Sandbox.Endpoints;

/// <summary>Rule promotions (contract section 6).</summary>
internal sealed class PromotionEndpoints(StoreState state)
{
    public const string Root = "/v2/rule-promotions";
    public const string One = Root + "/{promotion}";

    private readonly PromotionOperations _promotions = new(state);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root, ListAsync).WithMetadata(EndpointKind.PromotionList);
        routes.MapPost(Root, CreateAsync).WithMetadata(EndpointKind.PromotionCreate);
        routes.MapGet(One, GetAsync).WithMetadata(EndpointKind.PromotionGet);
        routes.MapPut(One, UpdateAsync).WithMetadata(EndpointKind.PromotionUpdate);
        routes.MapDelete(One, DeleteAsync).WithMetadata(EndpointKind.PromotionDelete);
    }

    private Task ListAsync(HttpContext context)
    {
        Query query = Query.Read(context, state.Options.DefaultPageLength, PromotionFilter.Fields);
        IReadOnlyList<SandboxPromotion> found = _promotions.List(
            (promotion, hasCode) => query.Filter.All(term => PromotionFilter.Passes(term, promotion, hasCode)));
        return context.WritePageAsync(found, query, state.Options, promotion => PromotionJson.Of(promotion, state.StoreId));
    }

    private Task GetAsync(HttpContext context) => AnswerAsync(context, 200, _promotions.Get(context.PromotionId()));

    private Task CreateAsync(HttpContext context) =>
        AnswerAsync(context, 201, _promotions.Create(PromotionBody.Read(context, promotionId: null)));

    private async Task UpdateAsync(HttpContext context)
    {
        string id = context.PromotionId();
        Func<SandboxPromotion, SandboxPromotion> change = PromotionBody.Read(context, id);
        await AnswerAsync(
            context, 200, await state.Writes.WriteAsync(id, () => _promotions.Update(id, change), context.RequestAborted));
    }

    private async Task DeleteAsync(HttpContext context)
    {
        JsonBody.ExpectNone(context);
        string id = context.PromotionId();
        await state.Writes.WriteAsync(id, () => _promotions.Delete(id), context.RequestAborted);
        context.Response.StatusCode = 204;
    }

    private Task AnswerAsync(HttpContext context, int status, SandboxPromotion promotion) =>
        JsonAnswer.WriteAsync(context, status, new JsonObject { ["data"] = PromotionJson.Of(promotion, state.StoreId) });
}
