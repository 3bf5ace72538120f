using EpPromo.Api;
using EpPromo.Http.Json;
using EpPromo.Http.Requests;
using EpPromo.Stores;
using EpPromo.Usages;

namespace EpPromo.Http.Resources;

/// <summary>The usages of promotion codes (api-contract.md section 6).</summary>
internal sealed class UsageApi : ResourceApi, IUsageApi
{
    public UsageApi(StoreOptions options, ApiCaller caller, IRequestObserver observer)
        : base(options, caller, observer, PromotionKind.Rule)
    {
    }

    public Task<Page<PromotionUsage>> ListUsagesAsync(
        string promotionId, UsageSelection selection, int offset, CancellationToken cancellationToken) =>
        ListAsync(Address.Usages(promotionId), promotionId, selection, offset, cancellationToken);

    public Task<Page<PromotionUsage>> ListUsagesOfCodeAsync(
        string promotionId, string codeId, UsageSelection selection, int offset, CancellationToken cancellationToken) =>
        ListAsync(Address.UsagesOfCode(promotionId, codeId), promotionId, selection, offset, cancellationToken);

    public Task<IReadOnlyList<PromotionUsage>> AnonymizeAsync(IReadOnlyList<string> usageIds, CancellationToken cancellationToken) =>
        CallAsync(
            Write(HttpMethod.Post, Address.AnonymizeUsages(), RequestKind.RepeatableWrite, null, UsagesBody.Write(usageIds)),
            json => json.Objects("data"u8, item => UsageReader.Read(item, "")),
            cancellationToken);

    private Task<Page<PromotionUsage>> ListAsync(
        string list, string promotionId, UsageSelection selection, int offset, CancellationToken cancellationToken) =>
        CallAsync(
            Read(ApiAddress.Paged(list, offset, ApiFilter.Usages(selection.Code, selection.Since, selection.Before)), promotionId),
            json => PageReader.Read(json, offset, isFiltered: !selection.IsAll, item => UsageReader.Read(item, promotionId)),
            cancellationToken);
}
