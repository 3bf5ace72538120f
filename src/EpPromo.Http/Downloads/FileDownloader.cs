using EpPromo.Api;
using EpPromo.Http.Resilience;
using EpPromo.Http.Transport;
using EpPromo.Stores;
using EpPromo.Time;

namespace EpPromo.Http.Downloads;

/// <summary>
/// Downloads export files from signed links (api-contract.md section 5, File). An expired link is replaced by a new one. An interrupted or
/// stalled download is resumed where the host supports it, or else starts over. The length is checked.
/// </summary>
internal sealed class FileDownloader
{
    /// <summary>How many attempts in a row may make no progress.</summary>
    private const int MaxAttemptsWithoutProgress = RetryPolicy.MaxRetries + 1;

    private readonly StoreOptions _options;
    private readonly RetryPolicy _retries;
    private readonly IClock _clock;
    private readonly DownloadClient _client;

    public FileDownloader(StoreOptions options, HttpClient client, RetryPolicy retries, IClock clock)
    {
        _options = options;
        _retries = retries;
        _clock = clock;
        _client = new DownloadClient(client, options);
    }

    /// <summary>Writes the whole file to <paramref name="destination"/>.</summary>
    /// <param name="jobId">The job, for messages.</param>
    /// <param name="requestLink">Requests a signed link from the API.</param>
    /// <param name="destination">An empty, seekable stream.</param>
    /// <param name="observer">Is notified of each attempt.</param>
    /// <param name="cancellationToken">Cancels the download.</param>
    /// <returns>The length of the file in bytes.</returns>
    public async Task<long> DownloadAsync(
        string jobId, Func<Task<string>> requestLink, Stream destination, IRequestObserver observer, CancellationToken cancellationToken)
    {
        DownloadState file = new();
        CallContext call = new(observer, _options.CallTimeout, _clock);
        Uri? link = null;
        long longest = 0;
        for (int withoutProgress = 0; ;)
        {
            link ??= FileLink.Parse(await call.UntimedAsync(requestLink), _options.BaseUri);
            DownloadResult result = await _client.FetchAsync(link, file, destination, call, cancellationToken);
            if (result.IsComplete)
            {
                observer.Succeeded();
                return destination.Length;
            }

            if (destination.Length >= longest + DownloadClient.MinProgressBytes)
            {
                // A download may take any time, as long as it makes progress.
                longest = destination.Length;
                withoutProgress = 0;
            }

            TimeSpan delay = _retries.Delay(withoutProgress++, result.RetryAfter);
            if (!result.MayRetry || withoutProgress >= MaxAttemptsWithoutProgress || delay >= call.Remaining)
            {
                throw new EpPromoException(result.Cause, ErrorKind.Unavailable, nameof(SR.DownloadFailed), jobId, result.Reason);
            }

            call.ReportRetry($"file of job {jobId}", link.Authority, withoutProgress, delay, result.Reason);
            if (result.IsLinkExpired)
            {
                link = null;
                file.UseNewLink();
            }

            await _clock.DelayAsync(delay, cancellationToken);
        }
    }
}
