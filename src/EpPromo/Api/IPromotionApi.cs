using EpPromo.Jobs;
using EpPromo.Jobs.Creation;
using EpPromo.Time;

namespace EpPromo.Api;

/// <summary>
/// The promotion-jobs API, one method a call (api-contract.md sections 5 and 6). Reads may be repeated behind the scenes; a
/// create is sent once and its outcome told truthfully, because only <see cref="JobCreator"/> knows how to repeat one.
/// </summary>
/// <remarks>
/// All methods throw <see cref="ApiException"/> when the store refused, <see cref="EpPromoException"/> of kind
/// <see cref="ErrorKind.Unavailable"/> or <see cref="ErrorKind.InvalidResponse"/> when no usable answer came, and
/// <see cref="OperationCanceledException"/> when cancelled.
/// </remarks>
public interface IPromotionApi
{
    /// <summary>The store's time now, as its <c>Date</c> headers tell it: up to a second behind (<see cref="ServerClock"/>).</summary>
    DateTimeOffset ServerTime { get; }

    /// <summary>One page of the rule promotions.</summary>
    /// <param name="nameLike">A name in the API's <c>ilike</c> form (<c>*</c> at the start or the end), or null for all.</param>
    /// <param name="offset">How many records to leave out, at most 10,000.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    Task<Page<Promotion>> ListPromotionsAsync(string? nameLike, int offset, CancellationToken cancellationToken);

    /// <summary>One promotion.</summary>
    Task<Promotion> GetPromotionAsync(string promotionId, CancellationToken cancellationToken);

    /// <summary>One page of a promotion's jobs, in the store's order, which is not documented.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="jobType">Only jobs of this type, or null for all; the answer is to be checked all the same.</param>
    /// <param name="offset">How many records to leave out, at most 10,000.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    Task<Page<PromotionJob>> ListJobsAsync(string promotionId, string? jobType, int offset, CancellationToken cancellationToken);

    /// <summary>
    /// Sends one create. Returns or throws <see cref="ApiException"/> when the outcome is certain; a connection that was never
    /// made is tried again first, since nothing was sent.
    /// </summary>
    /// <exception cref="UncertainResultException">The job may or may not have been made.</exception>
    Task<PromotionJob> CreateJobAsync(string promotionId, NewJob job, CancellationToken cancellationToken);

    /// <summary>Asks for a job to be cancelled. Sent once.</summary>
    /// <exception cref="UncertainResultException">The job may or may not have been cancelled.</exception>
    Task<PromotionJob> CancelJobAsync(string promotionId, string jobId, CancellationToken cancellationToken);

    /// <summary>
    /// Writes the file of a finished export job to <paramref name="destination"/>, whole: links are asked for again when expired,
    /// a broken download is resumed or begun again, and the length is checked.
    /// </summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="jobId">The finished export job.</param>
    /// <param name="destination">An empty stream that can seek.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    Task DownloadJobFileAsync(string promotionId, string jobId, Stream destination, CancellationToken cancellationToken);

    /// <summary>
    /// One page of a promotion's codes, sorted by code. Past 10,000 an offset does not reach: walk on by the last code seen.
    /// </summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="after">Only codes that sort after this one, or null to begin.</param>
    /// <param name="offset">How many of those to leave out, at most 10,000.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="EpPromoException"><c>BadFilter</c>: the store cannot read <paramref name="after"/> in a filter.</exception>
    Task<Page<PromotionCode>> ListCodesAsync(string promotionId, string? after, int offset, CancellationToken cancellationToken);

    /// <summary>Deletes codes of a promotion by their texts; a code that is not there any more is no error.</summary>
    Task DeleteCodesAsync(string promotionId, IReadOnlyList<string> codes, CancellationToken cancellationToken);
}
