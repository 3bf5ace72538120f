using System.Text.Json;
using EpPromo.Codes;

namespace EpPromo.Http.Json;

/// <summary>Reads the response to a request that adds codes (api-contract.md section 6).</summary>
internal static class AddedCodesReader
{
    /// <summary>
    /// Reads the added codes, and the messages about duplicates in other promotions. A message without codes says nothing that could be shown.
    /// </summary>
    public static AddedCodes Read(JsonElement json, string promotionId) => new(
        [.. json.Objects("data").Select(item => CodeReader.Read(item, promotionId))],
        [.. json.CosmeticObjects("messages").SelectMany(CodesOf)]);

    private static IEnumerable<string> CodesOf(JsonElement message) =>
        message.CosmeticObject("source")?.Field("codes") is { ValueKind: JsonValueKind.Array } codes
            ? codes.EnumerateArray().Where(code => code.ValueKind == JsonValueKind.String).Select(code => code.GetString()!)
            : [];
}
