using EpPromo.Sandbox.Wire;
using Microsoft.AspNetCore.Http;

namespace EpPromo.Sandbox.Endpoints;

/// <summary>The body that adds or deletes codes (contract section 6).</summary>
internal static class CodeBody
{
    /// <exception cref="ApiError">400, 415.</exception>
    public static IReadOnlyList<(string Code, CodeTerms Terms)> Read(HttpContext context) => JsonBody.Read(context, data =>
    {
        data.Choice("type", required: true, CodeJson.Type);
        return (IReadOnlyList<(string, CodeTerms)>)[.. data.Objects("codes", One).Select(one => (one.Code, one.Terms))];
    });

    /// <summary>What the terms of a new code may not be together.</summary>
    /// <exception cref="ApiError">400, 422.</exception>
    public static void Check(IReadOnlyList<(string Code, CodeTerms Terms)> codes)
    {
        foreach (CodeTerms terms in codes.Select(one => one.Terms))
        {
            if (terms.IncludesGuests is not null && terms.MaxUsesPerShopper is null)
            {
                throw ApiError.MissingDependency();
            }

            if (terms.IsForNewShopper && (terms.Uses is not null || terms.User is not null))
            {
                throw ApiError.InvalidCode();
            }

            if (terms.MaxUsesPerShopper is not null && terms.ConsumeUnit == ConsumeUnits.PerApplication)
            {
                throw ApiError.UnsupportedConsumeUnit();
            }
        }
    }

    private static OneCode One(Fields fields)
    {
        fields.Choice("type", required: false, CodeJson.Type);
        string code = fields.Filled("code", required: true) ?? "";
        PerShopper? perShopper = fields.Object("max_uses_per_shopper", required: false, inner =>
            new PerShopper(inner.Number("max_uses", 1, int.MaxValue), inner.Flag("includes_guests")));
        return new OneCode(code, new CodeTerms
        {
            Uses = fields.Number("uses", 0, int.MaxValue),
            User = fields.Text("user"),
            ConsumeUnit = fields.Choice("consume_unit", required: false, ConsumeUnits.All) ?? CodeTerms.DefaultConsumeUnit,
            MaxUsesPerShopper = perShopper?.MaxUses,
            IncludesGuests = perShopper?.IncludesGuests,
            IsForNewShopper = fields.Flag("is_for_new_shopper") ?? false,
        });
    }

    private sealed record OneCode(string Code, CodeTerms Terms);

    private sealed record PerShopper(int? MaxUses, bool? IncludesGuests);
}
