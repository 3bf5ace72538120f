using EpPromo.Sandbox.Errors;
using EpPromo.Sandbox.Json;
using EpPromo.Sandbox.Promotions;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Codes;

/// <summary>The body that adds or deletes codes (contract section 6).</summary>
internal static class CodesRequestBody
{
    /// <exception cref="ErrorResponseException">400, 415.</exception>
    public static IReadOnlyList<(string Code, CodeTerms Terms)> Read(HttpContext context)
    {
        string[] units = PromotionVariant.Of(context).ConsumeUnits;
        return JsonRequestBody.Read(context, data =>
        {
            data.OneOf("type", required: true, CodeResource.Type);
            return (IReadOnlyList<(string, CodeTerms)>)
                [.. data.ObjectArray("codes", fields => ReadCode(fields, units)).Select(item => (item.Code, item.Terms))];
        });
    }

    /// <summary>Rejects combinations of terms that a new code cannot have.</summary>
    /// <exception cref="ErrorResponseException">400, 422.</exception>
    public static void Validate(IReadOnlyList<(string Code, CodeTerms Terms)> codes)
    {
        foreach (CodeTerms terms in codes.Select(item => item.Terms))
        {
            if (terms.IncludesGuests is not null && terms.MaxUsesPerShopper is null)
            {
                throw ErrorResponses.MissingDependency();
            }

            if (terms.IsForNewShopper && (terms.Uses is not null || terms.User is not null))
            {
                throw ErrorResponses.InvalidCode();
            }

            if (terms.MaxUsesPerShopper is not null && terms.ConsumeUnit == CodeTerms.PerApplication)
            {
                throw ErrorResponses.UnsupportedConsumeUnit();
            }
        }
    }

    private static CodeItem ReadCode(FieldReader fields, string[] consumeUnits)
    {
        fields.OneOf("type", required: false, CodeResource.Type);
        string code = fields.NonBlankString("code", required: true) ?? "";
        PerShopper? perShopper = fields.Object("max_uses_per_shopper", required: false, inner =>
            new PerShopper(inner.Integer("max_uses", 1, int.MaxValue), inner.Boolean("includes_guests")));
        return new CodeItem(code, new CodeTerms
        {
            Uses = fields.Integer("uses", 0, int.MaxValue),
            User = fields.String("user"),
            ConsumeUnit = fields.OneOf("consume_unit", required: false, consumeUnits) ?? consumeUnits[0],
            MaxUsesPerShopper = perShopper?.MaxUses,
            IncludesGuests = perShopper?.IncludesGuests,
            IsForNewShopper = fields.Boolean("is_for_new_shopper") ?? false,
        });
    }

    private sealed record CodeItem(string Code, CodeTerms Terms);

    private sealed record PerShopper(int? MaxUses, bool? IncludesGuests);
}
