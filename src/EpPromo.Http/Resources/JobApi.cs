using EpPromo.Api;
using EpPromo.Http.Downloads;
using EpPromo.Http.Json;
using EpPromo.Http.Requests;
using EpPromo.Jobs;
using EpPromo.Stores;
using EpPromo.Time;

namespace EpPromo.Http.Resources;

/// <summary>Promotion jobs (api-contract.md sections 5 and 7).</summary>
internal sealed class JobApi : ResourceApi, IJobApi
{
    private readonly IRequestObserver _observer;
    private readonly ServerClock _serverClock;
    private readonly FileDownloader _downloader;

    public JobApi(
        StoreOptions options,
        ApiCaller caller,
        IRequestObserver observer,
        PromotionKind kind,
        ServerClock serverClock,
        FileDownloader downloader)
        : base(options, caller, observer, kind)
    {
        _observer = observer;
        _serverClock = serverClock;
        _downloader = downloader;
    }

    public DateTimeOffset ServerTime => _serverClock.UtcNow;

    public Task<Page<PromotionJob>> ListJobsAsync(
        string promotionId, string? jobType, int offset, CancellationToken cancellationToken) =>
        CallAsync(
            Read(ApiAddress.Paged(Address.Jobs(promotionId), offset, ApiFilter.JobType(jobType))),
            json => JobPageReader.Read(json, offset, promotionId, isFiltered: jobType is not null),
            cancellationToken);

    public Task<PromotionJob> CreateJobAsync(string promotionId, NewJob job, CancellationToken cancellationToken)
    {
        ApiRequest request = Write(HttpMethod.Post, Address.Jobs(promotionId), RequestKind.Write, promotionId, JobBody.Write(job));
        return CallAsync(request, json => JobReader.Read(json.Data(), promotionId), cancellationToken);
    }

    public Task<PromotionJob> CancelJobAsync(string promotionId, string jobId, CancellationToken cancellationToken)
    {
        ApiRequest request = Write(HttpMethod.Post, Address.Cancel(promotionId, jobId), RequestKind.Write, promotionId, body: null, jobId);
        return CallAsync(request, json => JobReader.Read(json.Data(), promotionId), cancellationToken);
    }

    public Task DownloadJobFileAsync(string promotionId, string jobId, Stream destination, CancellationToken cancellationToken)
    {
        ApiRequest link = Read(Address.JobFile(promotionId, jobId), promotionId, jobId, hasSecretResponse: true);
        return Caller.WhileOpenAsync(
            stop => _downloader.DownloadAsync(
                jobId,
                requestLink: () => CallAsync(link, json => (json.Object("data"u8) ?? json).RequiredKey("href"u8), stop),
                destination,
                _observer,
                stop),
            cancellationToken);
    }
}
