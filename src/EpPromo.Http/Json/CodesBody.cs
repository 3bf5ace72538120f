namespace EpPromo.Http.Json;

/// <summary>The body of a request that names codes (api-contract.md section 6).</summary>
internal static class CodesBody
{
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
