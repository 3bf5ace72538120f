using EpPromo.Codes;

namespace EpPromo.Http.Json;

/// <summary>Reads the response to a request that adds codes (api-contract.md section 6).</summary>
internal static class AddedCodesReader
{
    /// <summary>
    /// Reads the added codes, and the messages about duplicates in other promotions. A message without codes says nothing that could be shown.
    /// </summary>
    public static AddedCodes Read(JsonFields json, string promotionId) => new(
        json.Objects("data"u8, item => CodeReader.Read(item, promotionId)),
        [.. json.CosmeticObjects("messages"u8, CodesOf).SelectMany(codes => codes)]);

    private static IReadOnlyList<string> CodesOf(JsonFields message) => message.CosmeticObject("source"u8)?.CosmeticStrings("codes"u8) ?? [];
}
