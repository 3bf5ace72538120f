using EpPromo.Sandbox.Wire;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Endpoints;

/// <summary>
/// The body that creates or changes a promotion (contract section 6). Which fields are required is not published: a new
/// one needs its type and a name here, and a change needs only its type.
/// </summary>
internal static class PromotionBody
{
    /// <param name="context">The request.</param>
    /// <param name="promotionId">The promotion to change, or null for a new one.</param>
    /// <returns>Makes the new promotion out of the old; fields that were not sent stay as they are.</returns>
    /// <exception cref="ApiError">400, 415.</exception>
    public static Func<SandboxPromotion, SandboxPromotion> Read(HttpContext context, string? promotionId) =>
        JsonBody.Read<Func<SandboxPromotion, SandboxPromotion>>(context, data =>
        {
            data.Choice("type", required: true, PromotionJson.Type);
            if (promotionId is not null)
            {
                data.Choice("id", required: false, promotionId);
            }

            string? name = data.Filled("name", required: promotionId is null);
            string? description = data.Text("description");
            bool? enabled = data.Flag("enabled");
            bool? automatic = data.Flag("automatic");
            int? priority = data.Number("priority", 1, int.MaxValue);
            bool? stackable = data.Flag("stackable");
            bool? overrideStacking = data.Flag("override_stacking");
            DateTimeOffset? start = data.Date("start");
            DateTimeOffset? end = data.Date("end");
            System.Text.Json.JsonElement? ruleSet = data.Any("rule_set");
            System.Text.Json.JsonElement? accountTags = data.AnyOrList("account_tags");
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
