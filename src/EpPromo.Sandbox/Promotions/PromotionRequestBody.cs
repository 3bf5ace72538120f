using System.Text.Json;
using EpPromo.Sandbox.Errors;
using EpPromo.Sandbox.Json;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Promotions;

/// <summary>
/// The body that creates or updates a promotion (contract section 6). Which fields are required is not documented; here, a
/// create requires the type and the name, an update only the type.
/// </summary>
internal static class PromotionRequestBody
{
    /// <param name="context">The request.</param>
    /// <param name="promotionId">The promotion to update; null to create one.</param>
    /// <returns>Applies the body to a promotion; fields that were not sent keep their values.</returns>
    /// <exception cref="ErrorResponseException">400, 415.</exception>
    public static Func<SandboxPromotion, SandboxPromotion> Read(HttpContext context, string? promotionId) =>
        JsonRequestBody.Read<Func<SandboxPromotion, SandboxPromotion>>(context, data =>
        {
            data.OneOf("type", required: true, PromotionVariant.Rule.Type);
            if (promotionId is not null)
            {
                data.OneOf("id", required: false, promotionId);
            }

            string? name = data.NonBlankString("name", required: promotionId is null);
            string? description = data.String("description");
            bool? enabled = data.Boolean("enabled");
            bool? automatic = data.Boolean("automatic");
            int? priority = data.Integer("priority", 1, int.MaxValue);
            bool? stackable = data.Boolean("stackable");
            bool? overrideStacking = data.Boolean("override_stacking");
            DateTimeOffset? start = data.Timestamp("start");
            DateTimeOffset? end = data.Timestamp("end");
            JsonElement? ruleSet = data.RawObject("rule_set");
            JsonElement? accountTags = data.RawObjectOrArray("account_tags");
            return old => old with
            {
                Name = name ?? old.Name,
                Description = description ?? old.Description,
                Enabled = enabled ?? old.Enabled,
                Automatic = automatic ?? old.Automatic,
                Priority = priority ?? old.Priority,
                Stackable = stackable ?? old.Stackable,
                OverrideStacking = overrideStacking ?? old.OverrideStacking,
                Start = start ?? old.Start,
                End = end ?? old.End,
                RuleSet = ruleSet ?? old.RuleSet,
                AccountTags = accountTags ?? old.AccountTags,
            };
        });
}
