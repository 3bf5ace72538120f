using EpPromo.Api;
using EpPromo.Jobs;

namespace EpPromo.Stores;

/// <summary>The jobs of a store, each with the name of its promotion, as far as it is known, and the store that it came from.</summary>
internal sealed class StampedJobApi : IJobApi
{
    private readonly IJobApi _api;
    private readonly EpStore _store;

    /// <summary>The jobs that <paramref name="api"/> returns, as those of <paramref name="store"/>.</summary>
    public StampedJobApi(IJobApi api, EpStore store)
    {
        _api = api;
        _store = store;
    }

    /// <inheritdoc/>
    public DateTimeOffset ServerTime => _api.ServerTime;

    /// <inheritdoc/>
    public async Task<Page<PromotionJob>> ListJobsAsync(string promotionId, string? jobType, int offset, CancellationToken cancellationToken) =>
        (await _api.ListJobsAsync(promotionId, jobType, offset, cancellationToken)).Select(Stamp);

    /// <inheritdoc/>
    public async Task<PromotionJob> CreateJobAsync(string promotionId, NewJob job, CancellationToken cancellationToken) =>
        Stamp(await _api.CreateJobAsync(promotionId, job, cancellationToken));

    /// <inheritdoc/>
    public async Task<PromotionJob> CancelJobAsync(string promotionId, string jobId, CancellationToken cancellationToken) =>
        Stamp(await _api.CancelJobAsync(promotionId, jobId, cancellationToken));

    /// <inheritdoc/>
    public Task DownloadJobFileAsync(string promotionId, string jobId, Stream destination, CancellationToken cancellationToken) =>
        _api.DownloadJobFileAsync(promotionId, jobId, destination, cancellationToken);

    private PromotionJob Stamp(PromotionJob job) =>
        new(job) { PromotionName = _store.Directory.Identify(job.PromotionId).PromotionName, Origin = _store };
}
