using EpPromo.Api;
using EpPromo.Codes;
using EpPromo.Http.Json;
using EpPromo.Http.Requests;
using EpPromo.Promotions;
using EpPromo.Stores;

namespace EpPromo.Http.Resources;

/// <summary>The single codes of a promotion (api-contract.md sections 6 and 7).</summary>
internal sealed class CodeApi : ResourceApi, ICodeApi
{
    /// <summary>How many codes one request deletes.</summary>
    private const int BatchSize = 100;

    private readonly IPromotionApi _promotions;

    public CodeApi(StoreOptions options, ApiCaller caller, IRequestObserver observer, PromotionKind kind, IPromotionApi promotions)
        : base(options, caller, observer, kind) => _promotions = promotions;

    public Task<Page<PromotionCode>> ListCodesAsync(
        string promotionId, string? after, int offset, CancellationToken cancellationToken) =>
        CallAsync(
            Read(ApiAddress.Paged(Address.Codes(promotionId).SetQueryParam("sort", "code"), offset, ApiFilter.CodeAfter(after))),
            json => PageReader.Read(json, offset, item => CodeReader.Read(item, promotionId)),
            cancellationToken);

    public async Task<PromotionCode?> FindCodeAsync(string promotionId, string code, CancellationToken cancellationToken)
    {
        ApiRequest request = Read(ApiAddress.Paged(Address.Codes(promotionId), 0, ApiFilter.CodeIs(code)));
        Page<PromotionCode> page = await CallAsync(
            request, json => PageReader.Read(json, 0, item => CodeReader.Read(item, promotionId)), cancellationToken);
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

    public async Task DeleteCodesAsync(string promotionId, IReadOnlyList<string> codes, CancellationToken cancellationToken)
    {
        for (int start = 0; start < codes.Count; start += BatchSize)
        {
            await DeleteBatchAsync(promotionId, [.. codes.Skip(start).Take(BatchSize)], cancellationToken);
        }
    }

    /// <summary>
    /// Deletes a batch. How the API responds when some of its codes are deleted already, for instance because the response to an earlier
    /// attempt was lost, is not published. So after a 404 the batch is halved until a 404 is about one code, which is then known to be deleted.
    /// </summary>
    private async Task DeleteBatchAsync(string promotionId, List<string> codes, CancellationToken cancellationToken)
    {
        ApiRequest request = Write(
            HttpMethod.Delete, Address.Codes(promotionId), RequestKind.RepeatableWrite, promotionId, CodesBody.Write(codes));
        try
        {
            await CallAsync(request, cancellationToken);
            return;
        }
        catch (ApiException e) when (e.Kind == ErrorKind.NotFound && e.Error.IsExplained)
        {
            // If it is the promotion that does not exist, this throws.
            await _promotions.GetPromotionAsync(promotionId, cancellationToken);
        }

        if (codes.Count > 1)
        {
            int half = codes.Count / 2;
            await DeleteBatchAsync(promotionId, codes.GetRange(0, half), cancellationToken);
            await DeleteBatchAsync(promotionId, codes.GetRange(half, codes.Count - half), cancellationToken);
        }
    }
}
