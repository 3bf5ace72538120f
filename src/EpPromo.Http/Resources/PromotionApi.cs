using EpPromo.Api;
using EpPromo.Http.Json;
using EpPromo.Http.Requests;
using EpPromo.Promotions;
using EpPromo.Stores;
using Flurl;

namespace EpPromo.Http.Resources;

/// <summary>Promotions of one kind (api-contract.md sections 6 and 7).</summary>
internal sealed class PromotionApi : ResourceApi, IPromotionApi
{
    public PromotionApi(StoreOptions options, ApiCaller caller, IRequestObserver observer, PromotionKind kind)
        : base(options, caller, observer, kind)
    {
    }

    /// <summary>Makes the cheapest call, to verify that the store accepts an access token.</summary>
    public Task VerifyAsync(CancellationToken cancellationToken) =>
        CallAsync(
            Read(Address.Promotions().SetQueryParam("page[limit]", 1)),
            json => PageReader.Read(json, 0, isFiltered: false, PromotionReader.Read),
            cancellationToken,
            isFirstConnection: true);

    public Task<Page<Promotion>> ListPromotionsAsync(string? nameLike, int offset, CancellationToken cancellationToken) =>
        CallAsync(
            Read(ApiAddress.Paged(Address.Promotions(), offset, ApiFilter.NameLike(nameLike))),
            json => PageReader.Read(json, offset, isFiltered: nameLike is not null, PromotionReader.Read),
            cancellationToken);

    public Task<Promotion> GetPromotionAsync(string promotionId, CancellationToken cancellationToken) =>
        CallAsync(Read(Address.Promotion(promotionId)), json => PromotionReader.Read(json.Data()), cancellationToken);

    public Task<Page<Promotion>> ListPromotionsWithCodeAsync(string code, int offset, CancellationToken cancellationToken) =>
        CallAsync(
            Read(ApiAddress.Paged(Address.Promotions(), offset, ApiFilter.CodeIs(code))),
            json => PageReader.Read(json, offset, isFiltered: true, PromotionReader.Read),
            cancellationToken);

    public Task<Promotion> CreatePromotionAsync(PromotionFields fields, CancellationToken cancellationToken) =>
        CallAsync(
            Write(HttpMethod.Post, Address.Promotions(), RequestKind.Write, "", PromotionBody.Write(fields)),
            json => PromotionReader.Read(json.Data()),
            cancellationToken);

    public Task<Promotion> UpdatePromotionAsync(string promotionId, PromotionFields fields, CancellationToken cancellationToken) =>
        CallAsync(
            Write(HttpMethod.Put, Address.Promotion(promotionId), RequestKind.Write, promotionId, PromotionBody.Write(fields)),
            json => PromotionReader.Read(json.Data()),
            cancellationToken);

    public Task DeletePromotionAsync(string promotionId, CancellationToken cancellationToken) =>
        CallAsync(Write(HttpMethod.Delete, Address.Promotion(promotionId), RequestKind.Write, promotionId, body: null), cancellationToken);
}
