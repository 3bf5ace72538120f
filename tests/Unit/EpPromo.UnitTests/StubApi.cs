using EpPromo.Api;
using EpPromo.Codes;
using EpPromo.Jobs;

namespace EpPromo.UnitTests;

/// <summary>A store that can do nothing: what a test needs of one is overridden.</summary>
internal abstract class StubApi : IFakeApi
{
    public virtual DateTimeOffset ServerTime => throw new NotSupportedException();

    public virtual Task<Page<Promotion>> ListPromotionsAsync(string? nameLike, int offset, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual Task<Promotion> GetPromotionAsync(string promotionId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual Task<Page<PromotionJob>> ListJobsAsync(
        string promotionId, string? jobType, int offset, CancellationToken cancellationToken) => throw new NotSupportedException();

    public virtual Task<PromotionJob> CreateJobAsync(string promotionId, NewJob job, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual Task<PromotionJob> CancelJobAsync(string promotionId, string jobId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual Task DownloadJobFileAsync(string promotionId, string jobId, Stream destination, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual Task<Page<PromotionCode>> ListCodesAsync(
        string promotionId, string? after, int offset, CancellationToken cancellationToken) => throw new NotSupportedException();

    public virtual Task<PromotionCode?> FindCodeAsync(string promotionId, string code, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual Task<AddedCodes> AddCodesAsync(string promotionId, IReadOnlyList<NewCode> codes, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual Task DeleteCodesAsync(string promotionId, IReadOnlyList<string> codes, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
