using System.Text.Json.Nodes;
using EpPromo.Sandbox.Json;
using EpPromo.Sandbox.Lists;
using EpPromo.Sandbox.Pipeline;
using EpPromo.Sandbox.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EpPromo.Sandbox.Promotions;

/// <summary>The endpoints of promotions (contract sections 6 and 7).</summary>
internal sealed class PromotionEndpoints(StoreState state)
{
    /// <summary>The routes are relative to <see cref="PromotionVariant.Path"/>.</summary>
    public const string CollectionRoute = "";

    public const string ItemRoute = CollectionRoute + "/{promotion}";

    private readonly PromotionOperations _promotions = new(state);

    public void MapReads(IEndpointRouteBuilder routes)
    {
        routes.MapGet(CollectionRoute, ListAsync).WithMetadata(EndpointName.PromotionList);
        routes.MapGet(ItemRoute, GetAsync).WithMetadata(EndpointName.PromotionGet);
    }

    public void MapWrites(IEndpointRouteBuilder routes)
    {
        routes.MapPost(CollectionRoute, CreateAsync).WithMetadata(EndpointName.PromotionCreate);
        routes.MapPut(ItemRoute, UpdateAsync).WithMetadata(EndpointName.PromotionUpdate);
        routes.MapDelete(ItemRoute, DeleteAsync).WithMetadata(EndpointName.PromotionDelete);
    }

    private Task ListAsync(HttpContext context)
    {
        ListQuery query = ListQuery.Read(context, state.Options.DefaultPageLength, PromotionFilter.Parser);
        bool isStandard = PromotionVariant.Of(context).IsStandard;
        IReadOnlyList<SandboxPromotion> found = _promotions.List(
            (promotion, hasCode) => promotion.IsStandard == isStandard && query.Filter.All(term => PromotionFilter.Matches(term, promotion, hasCode)));
        return context.WritePageAsync(found, query, state.Options, promotion => PromotionResource.ToJson(promotion, state.StoreId));
    }

    private Task GetAsync(HttpContext context) => WriteAsync(context, 200, _promotions.Get(context.PromotionId()));

    private Task CreateAsync(HttpContext context) =>
        WriteAsync(context, 201, _promotions.Create(PromotionRequestBody.Read(context, promotionId: null)));

    private async Task UpdateAsync(HttpContext context)
    {
        string id = context.PromotionId();
        Func<SandboxPromotion, SandboxPromotion> change = PromotionRequestBody.Read(context, id);
        await WriteAsync(
            context, 200, await state.WriteGate.WriteAsync(id, () => _promotions.Update(id, change), context.RequestAborted));
    }

    private async Task DeleteAsync(HttpContext context)
    {
        JsonRequestBody.RequireEmpty(context);
        string id = context.PromotionId();
        await state.WriteGate.WriteAsync(id, () => _promotions.Delete(id), context.RequestAborted);
        context.Response.StatusCode = 204;
    }

    private Task WriteAsync(HttpContext context, int status, SandboxPromotion promotion) =>
        JsonResponse.WriteAsync(context, status, new JsonObject { ["data"] = PromotionResource.ToJson(promotion, state.StoreId) });
}
