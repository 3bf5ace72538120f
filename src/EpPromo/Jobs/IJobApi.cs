using EpPromo.Api;
using EpPromo.Time;

namespace EpPromo.Jobs;

/// <summary>
/// The API's promotion jobs, one method a request (api-contract.md section 5). A create is sent once and its outcome reported truthfully:
/// only <see cref="Creation.JobCreator"/> knows how to repeat one.
/// </summary>
/// <remarks>
/// All methods throw <see cref="ApiException"/> when the store refused the request, <see cref="EpPromoException"/> of kind
/// <see cref="ErrorKind.Unavailable"/> or <see cref="ErrorKind.InvalidResponse"/> when there was no usable response, and
/// <see cref="OperationCanceledException"/> when cancelled. Reads may be retried internally.
/// </remarks>
internal interface IJobApi
{
    /// <summary>The store's time now, as its <c>Date</c> headers tell it: up to a second behind (<see cref="ServerClock"/>).</summary>
    DateTimeOffset ServerTime { get; }

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
}
