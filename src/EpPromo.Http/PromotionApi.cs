using System.Text.Json;
using EpPromo.Api;
using EpPromo.Codes;
using EpPromo.Http.Json;
using EpPromo.Http.Requests;
using EpPromo.Jobs;
using EpPromo.Promotions;
using Flurl;

namespace EpPromo.Http;

/// <summary>The API over HTTP for one caller: each method builds a request and determines how its response is read.</summary>
internal sealed class PromotionApi : IPromotionApi, IJobApi, ICodeApi
{
    private readonly StoreConnection _store;
    private readonly IRequestObserver _observer;
    private readonly ApiAddress _address;

    public PromotionApi(StoreConnection store, IRequestObserver observer)
    {
        _store = store;
        _observer = observer;
        _address = new ApiAddress(store.Options.BaseUri);
    }

    public DateTimeOffset ServerTime => _store.ServerClock.UtcNow;

    /// <summary>Makes the cheapest call, to verify that the store accepts an access token.</summary>
    public Task VerifyAsync(CancellationToken cancellationToken) =>
        _store.Caller.CallAsync(
            Read(_address.Promotions().SetQueryParam("page[limit]", 1)),
            response => JsonText.Read(response.Body, json => PageReader.Read(json, 0, PromotionReader.Read)),
            _observer,
            cancellationToken,
            isFirstConnection: true);

    public Task<Page<Promotion>> ListPromotionsAsync(string? nameLike, int offset, CancellationToken cancellationToken) =>
        CallAsync(
            Read(ApiAddress.Paged(_address.Promotions(), offset, ApiFilter.NameLike(nameLike))),
            json => PageReader.Read(json, offset, PromotionReader.Read),
            cancellationToken);

    public Task<Promotion> GetPromotionAsync(string promotionId, CancellationToken cancellationToken) =>
        CallAsync(Read(_address.Promotion(promotionId)), json => PromotionReader.Read(json.Data()), cancellationToken);

    public Task<Page<PromotionJob>> ListJobsAsync(
        string promotionId, string? jobType, int offset, CancellationToken cancellationToken) =>
        CallAsync(
            Read(ApiAddress.Paged(_address.Jobs(promotionId), offset, ApiFilter.JobType(jobType))),
            json => JobReader.ReadPage(json, offset, promotionId, isFiltered: jobType is not null),
            cancellationToken);

    public Task<PromotionJob> CreateJobAsync(string promotionId, NewJob job, CancellationToken cancellationToken)
    {
        ApiRequest request = Write(HttpMethod.Post, _address.Jobs(promotionId), RequestKind.Write, promotionId, JobBody.Write(job));
        return CallAsync(request, json => JobReader.Read(json.Data(), promotionId), cancellationToken);
    }

    public Task<PromotionJob> CancelJobAsync(string promotionId, string jobId, CancellationToken cancellationToken)
    {
        ApiRequest request = Write(HttpMethod.Post, _address.Cancel(promotionId, jobId), RequestKind.Write, promotionId, body: null, jobId);
        return CallAsync(request, json => JobReader.Read(json.Data(), promotionId), cancellationToken);
    }

    public Task DownloadJobFileAsync(string promotionId, string jobId, Stream destination, CancellationToken cancellationToken)
    {
        ApiRequest link = Read(_address.JobFile(promotionId, jobId), hasSecretResponse: true, promotionId, jobId);
        return _store.Caller.WhileOpenAsync(
            stop => _store.Downloader.DownloadAsync(
                jobId,
                () => CallAsync(link, json => (json.Object("data") ?? json).RequiredKey("href"), stop),
                destination,
                _observer,
                stop),
            cancellationToken);
    }

    public Task<Page<PromotionCode>> ListCodesAsync(
        string promotionId, string? after, int offset, CancellationToken cancellationToken) =>
        CallAsync(
            Read(ApiAddress.Paged(_address.Codes(promotionId).SetQueryParam("sort", "code"), offset, ApiFilter.CodeAfter(after))),
            json => PageReader.Read(json, offset, item => CodeReader.Read(item, promotionId)),
            cancellationToken);

    public async Task DeleteCodesAsync(string promotionId, IReadOnlyList<string> codes, CancellationToken cancellationToken)
    {
        const int batch = 100;
        for (int start = 0; start < codes.Count; start += batch)
        {
            await DeleteBatchAsync(promotionId, [.. codes.Skip(start).Take(batch)], cancellationToken);
        }
    }

    /// <summary>
    /// Deletes a batch. How the API responds when some of its codes are deleted already, for instance because the response to an earlier
    /// attempt was lost, is not published. So after a 404 the batch is halved until a 404 is about one code, which is then known to be deleted.
    /// </summary>
    private async Task DeleteBatchAsync(string promotionId, List<string> codes, CancellationToken cancellationToken)
    {
        ApiRequest request = Write(
            HttpMethod.Delete, _address.Codes(promotionId), RequestKind.RepeatableWrite, promotionId, CodesBody.Write(codes));
        try
        {
            await _store.Caller.CallAsync(request, _ => true, _observer, cancellationToken);
            return;
        }
        catch (ApiException e) when (e.Kind == ErrorKind.NotFound && e.Error.IsExplained)
        {
            // If it is the promotion that does not exist, this throws.
            await GetPromotionAsync(promotionId, cancellationToken);
        }

        if (codes.Count > 1)
        {
            int half = codes.Count / 2;
            await DeleteBatchAsync(promotionId, codes.GetRange(0, half), cancellationToken);
            await DeleteBatchAsync(promotionId, codes.GetRange(half, codes.Count - half), cancellationToken);
        }
    }

    private Task<T> CallAsync<T>(ApiRequest request, Func<JsonElement, T> read, CancellationToken cancellationToken) =>
        _store.Caller.CallAsync(request, response => JsonText.Read(response.Body, read), _observer, cancellationToken);

    private ApiRequest Read(Url url, bool hasSecretResponse = false, string? promotionId = null, string? jobId = null) => new()
    {
        Method = HttpMethod.Get,
        Url = url,
        Path = _address.Show(url),
        Kind = RequestKind.Read,
        HasSecretResponse = hasSecretResponse,
        PromotionId = promotionId,
        JobId = jobId,
    };

    private ApiRequest Write(HttpMethod method, Url url, RequestKind kind, string promotionId, string? body, string? jobId = null) =>
        _store.Options.ReadOnly
            ? throw new EpPromoException(ErrorKind.PermissionDenied, nameof(SR.ReadOnlyStore), _store.Options.BaseUri)
            : new ApiRequest
            {
                Method = method,
                Url = url,
                Path = _address.Show(url),
                Kind = kind,
                PromotionId = promotionId,
                JobId = jobId,
                Body = body,
            };
}
