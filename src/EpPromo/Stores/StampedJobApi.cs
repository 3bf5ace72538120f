using EpPromo.Api;
using EpPromo.Jobs;

namespace EpPromo.Stores;

/// <summary>The jobs of a store, each with the name of its promotion, as far as it is known, and the store that it came from.</summary>
internal sealed class StampedJobApi : IJobApi
{
    private readonly IJobApi _api;
    private readonly StoreSection _section;
    private readonly OtherKindCheck _check;

    /// <summary>The jobs that <paramref name="api"/> returns, as those of <paramref name="section"/>.</summary>
    public StampedJobApi(IJobApi api, StoreSection section, OtherKindCheck check)
    {
        _api = api;
        _section = section;
        _check = check;
    }

    /// <inheritdoc/>
    public DateTimeOffset ServerTime => _api.ServerTime;

    /// <inheritdoc/>
    public async Task<Page<PromotionJob>> ListJobsAsync(string promotionId, string? jobType, int offset, CancellationToken cancellationToken) =>
        (await _check.CallAsync(
            promotionId, () => _api.ListJobsAsync(promotionId, jobType, offset, cancellationToken), cancellationToken)).Select(Stamp);

    /// <inheritdoc/>
    public async Task<PromotionJob> CreateJobAsync(string promotionId, NewJob job, CancellationToken cancellationToken) =>
        Stamp(await _check.CallAsync(promotionId, () => _api.CreateJobAsync(promotionId, job, cancellationToken), cancellationToken));

    /// <inheritdoc/>
    public async Task<PromotionJob> CancelJobAsync(string promotionId, string jobId, CancellationToken cancellationToken) =>
        Stamp(await _check.CallAsync(promotionId, () => _api.CancelJobAsync(promotionId, jobId, cancellationToken), cancellationToken));

    /// <inheritdoc/>
    public Task DownloadJobFileAsync(string promotionId, string jobId, Stream destination, CancellationToken cancellationToken) =>
        _check.CallAsync(
            promotionId, () => _api.DownloadJobFileAsync(promotionId, jobId, destination, cancellationToken), cancellationToken);

    private PromotionJob Stamp(PromotionJob job) =>
        new(job) { PromotionName = _section.Directory.Identify(job.PromotionId).PromotionName, Origin = _section };
}
