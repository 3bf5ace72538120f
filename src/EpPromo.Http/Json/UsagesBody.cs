namespace EpPromo.Http.Json;

/// <summary>The body of a request that names usages (api-contract.md section 6).</summary>
internal static class UsagesBody
{
    /// <summary>Writes the body that anonymizes the usages with these ids.</summary>
    public static string Write(IEnumerable<string> usageIds) => JsonBody.Write(null, writer =>
    {
        writer.WriteStartArray("usage_ids");
        foreach (string id in usageIds)
        {
            writer.WriteStringValue(id);
        }

        writer.WriteEndArray();
    });
}
