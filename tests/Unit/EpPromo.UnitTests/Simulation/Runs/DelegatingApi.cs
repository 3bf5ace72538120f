using EpPromo.Api;
using EpPromo.Codes;
using EpPromo.Jobs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>Delegates all calls to another API; subclasses change some of them.</summary>
internal abstract class DelegatingApi(IFakeApi store) : IFakeApi
{
    public virtual DateTimeOffset ServerTime => store.ServerTime;

    public Task<Page<Promotion>> ListPromotionsAsync(string? nameLike, int offset, CancellationToken cancellationToken) =>
        store.ListPromotionsAsync(nameLike, offset, cancellationToken);

    public Task<Promotion> GetPromotionAsync(string promotionId, CancellationToken cancellationToken) =>
        store.GetPromotionAsync(promotionId, cancellationToken);

    public virtual Task<Page<PromotionJob>> ListJobsAsync(
        string promotionId, string? jobType, int offset, CancellationToken cancellationToken) =>
        store.ListJobsAsync(promotionId, jobType, offset, cancellationToken);

    public virtual Task<PromotionJob> CreateJobAsync(string promotionId, NewJob job, CancellationToken cancellationToken) =>
        store.CreateJobAsync(promotionId, job, cancellationToken);

    public Task<PromotionJob> CancelJobAsync(string promotionId, string jobId, CancellationToken cancellationToken) =>
        store.CancelJobAsync(promotionId, jobId, cancellationToken);

    public Task DownloadJobFileAsync(string promotionId, string jobId, Stream destination, CancellationToken cancellationToken) =>
        store.DownloadJobFileAsync(promotionId, jobId, destination, cancellationToken);

    public Task<Page<PromotionCode>> ListCodesAsync(
        string promotionId, string? after, int offset, CancellationToken cancellationToken) =>
        store.ListCodesAsync(promotionId, after, offset, cancellationToken);

    public Task<PromotionCode?> FindCodeAsync(string promotionId, string code, CancellationToken cancellationToken) =>
        store.FindCodeAsync(promotionId, code, cancellationToken);

    public Task<AddedCodes> AddCodesAsync(string promotionId, IReadOnlyList<NewCode> codes, CancellationToken cancellationToken) =>
        store.AddCodesAsync(promotionId, codes, cancellationToken);

    public Task DeleteCodesAsync(string promotionId, IReadOnlyList<string> codes, CancellationToken cancellationToken) =>
        store.DeleteCodesAsync(promotionId, codes, cancellationToken);
}
