using EpPromo.Codes;

namespace EpPromo.Http.Json;

/// <summary>The body of a request that names codes (api-contract.md section 6).</summary>
internal static class CodesBody
{
    /// <summary>Writes the body that adds <paramref name="codes"/>.</summary>
    public static string Write(IEnumerable<NewCode> codes) => JsonBody.Write("promotion_codes", writer =>
    {
        writer.WriteStartArray("codes");
        foreach (NewCode code in codes)
        {
            writer.WriteStartObject();
            writer.WriteText("code", code.Text);
            writer.WriteNumber("uses", code.MaxUses);
            writer.WriteText("user", code.User);
            writer.WriteText("consume_unit", code.ConsumeUnit);
            if (code.MaxUsesPerShopper is not null)
            {
                writer.WriteStartObject("max_uses_per_shopper");
                writer.WriteNumber("max_uses", code.MaxUsesPerShopper);
                writer.WriteBoolean("includes_guests", code.IncludesGuests);
                writer.WriteEndObject();
            }

            if (code.IsForNewShopper)
            {
                writer.WriteBoolean("is_for_new_shopper", true);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    /// <summary>Writes the body that deletes <paramref name="codes"/>.</summary>
    public static string Write(IEnumerable<string> codes) => JsonBody.Write("promotion_codes", writer =>
    {
        writer.WriteStartArray("codes");
        foreach (string code in codes)
        {
            writer.WriteStartObject();
            writer.WriteText("code", code);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });
}
