using EpPromo.Api;
using EpPromo.Codes;
using EpPromo.Http.Json;
using EpPromo.Http.Requests;
using EpPromo.Stores;
using Flurl;

namespace EpPromo.Http.Resources;

/// <summary>The single codes of a promotion (api-contract.md sections 6 and 7).</summary>
internal sealed class CodeApi : ResourceApi, ICodeApi
{
    public CodeApi(StoreOptions options, ApiCaller caller, IRequestObserver observer, PromotionKind kind)
        : base(options, caller, observer, kind)
    {
    }

    public Task<Page<PromotionCode>> ListCodesAsync(
        string promotionId, string? after, int offset, CancellationToken cancellationToken) =>
        CallAsync(
            Read(ApiAddress.Paged(Address.Codes(promotionId).SetQueryParam("sort", "code"), offset, ApiFilter.CodeAfter(after))),
            json => PageReader.Read(json, offset, isFiltered: after is not null, item => CodeReader.Read(item, promotionId)),
            cancellationToken);

    public async Task<PromotionCode?> FindCodeAsync(string promotionId, string code, CancellationToken cancellationToken)
    {
        ApiRequest request = Read(ApiAddress.Paged(Address.Codes(promotionId), 0, ApiFilter.CodeIs(code)));
        Page<PromotionCode> page = await CallAsync(
            request, json => PageReader.Read(json, 0, isFiltered: true, item => CodeReader.Read(item, promotionId)), cancellationToken);
        return page.Items.FirstOrDefault(found => CodeComparer.Instance.Equals(found.Text, code)) is { } match ? match
            : page.Items.Count == 0 ? null
            : throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadFilter), request.Name);
    }

    public Task<AddedCodes> AddCodesAsync(string promotionId, IReadOnlyList<NewCode> codes, CancellationToken cancellationToken)
    {
        ApiRequest request = Write(
            HttpMethod.Post, Address.Codes(promotionId), RequestKind.Write, promotionId, CodesBody.Write(codes));
        return CallAsync(request, json => AddedCodesReader.Read(json, promotionId), cancellationToken);
    }

    public Task DeleteCodesAsync(string promotionId, IReadOnlyList<string> codes, CancellationToken cancellationToken) => CallAsync(
        Write(HttpMethod.Delete, Address.Codes(promotionId), RequestKind.Write, promotionId, CodesBody.Write(codes)), cancellationToken);
}
