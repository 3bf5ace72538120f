using EpPromo.Sandbox.Errors;
using EpPromo.Sandbox.Pipeline;
using EpPromo.Sandbox.Store;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Promotions;

/// <summary>Rejects the id of a promotion of the other kind: under each path there are only promotions of one kind.</summary>
internal sealed class PromotionVariantMiddleware(StoreState state)
{
    /// <exception cref="ErrorResponseException">404.</exception>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        bool isStandard = PromotionVariant.Of(context).IsStandard;
        if (context.PromotionId() is { Length: > 0 } id && state.Execute(_ => state.Find(id)).Resource.IsStandard != isStandard)
        {
            throw ErrorResponses.NotFound("Promotion");
        }

        return next(context);
    }
}
