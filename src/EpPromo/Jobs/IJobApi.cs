using EpPromo.Api;
using EpPromo.Time;

namespace EpPromo.Jobs;

/// <summary>
/// The API's promotion jobs, one method a request (api-contract.md section 5). A create is sent once and its outcome is reported as it is:
/// only <c>JobCreator</c> knows how to send one again.
/// </summary>
/// <remarks>
/// All methods throw <see cref="ApiException"/> if the store rejected the request, <see cref="EpPromoException"/> of kind
/// <see cref="ErrorKind.Unavailable"/> or <see cref="ErrorKind.InvalidResponse"/> if there was no usable response, and
/// <see cref="OperationCanceledException"/> if cancelled. Reads may be retried internally.
/// </remarks>
internal interface IJobApi
{
    /// <summary>The store's time now, according to its <c>Date</c> headers: up to a second behind (<see cref="ServerClock"/>).</summary>
    DateTimeOffset ServerTime { get; }

    /// <summary>One page of a promotion's jobs, in the store's order, which is not documented.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="jobType">Only jobs of this type, or null for all. A store may ignore it, so the caller has to check.</param>
    /// <param name="offset">How many records to skip, at most 10,000.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    Task<Page<PromotionJob>> ListJobsAsync(string promotionId, string? jobType, int offset, CancellationToken cancellationToken);

    /// <summary>
    /// Sends one create, as it is: <c>JobCreator</c> has validated it. Returns or throws <see cref="ApiException"/> when the
    /// outcome is certain. A connection that failed is retried, since nothing was sent.
    /// </summary>
    /// <exception cref="UncertainResultException">The job may or may not have been created.</exception>
    Task<PromotionJob> CreateJobAsync(string promotionId, NewJob job, CancellationToken cancellationToken);

    /// <summary>Cancels a job. Sent once.</summary>
    /// <exception cref="UncertainResultException">The job may or may not have been cancelled.</exception>
    Task<PromotionJob> CancelJobAsync(string promotionId, string jobId, CancellationToken cancellationToken);

    /// <summary>
    /// Writes the complete file of a finished export job to <paramref name="destination"/>: expired links are renewed, an interrupted download
    /// is resumed or restarted, and the length is checked.
    /// </summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="jobId">The finished export job.</param>
    /// <param name="destination">An empty stream that can seek.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    Task DownloadJobFileAsync(string promotionId, string jobId, Stream destination, CancellationToken cancellationToken);
}
