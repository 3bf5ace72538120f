using EpPromo.Api;
using EpPromo.Http.Resilience;
using EpPromo.Stores;
using EpPromo.Time;

namespace EpPromo.Http.Downloads;

/// <summary>
/// Downloads export files from signed links (api-contract.md section 5, File). A link that expired is asked for again; a download
/// that breaks or stands still goes on where it was, if the host can do that, or begins again; the length is checked.
/// </summary>
internal sealed class FileDownloader
{
    /// <summary>How many tries in a row may bring nothing new.</summary>
    private const int MaxFruitless = RetryPolicy.MaxRetries + 1;

    /// <summary>Fewer new bytes than this are no progress: a host that drips must not hold a caller for ever.</summary>
    public const int Progress = 1024;

    private readonly StoreOptions _options;
    private readonly RetryPolicy _retries;
    private readonly IClock _clock;
    private readonly FileHost _host;

    public FileDownloader(StoreOptions options, HttpClient client, RetryPolicy retries, IClock clock)
    {
        _options = options;
        _retries = retries;
        _clock = clock;
        _host = new FileHost(client, options);
    }

    /// <summary>Writes the whole file to <paramref name="destination"/>.</summary>
    /// <param name="jobId">The job, for messages.</param>
    /// <param name="askForLink">Asks the API for a signed link.</param>
    /// <param name="destination">An empty stream that can seek.</param>
    /// <param name="observer">Is told of each attempt.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The length of the file.</returns>
    public async Task<long> DownloadAsync(
        string jobId, Func<Task<string>> askForLink, Stream destination, IRequestObserver observer, CancellationToken cancellationToken)
    {
        CallContext call = new(observer, _options.CallTimeout, _clock);
        FileState file = new();
        Uri? link = null;
        long most = 0;
        for (int fruitless = 0; ;)
        {
            link ??= SafeLink.Parse(await call.UntimedAsync(askForLink), _options.BaseUri);
            FileAttempt attempt = await _host.FetchAsync(link, file, destination, call, cancellationToken);
            if (attempt.IsWhole)
            {
                return destination.Length;
            }

            if (destination.Length >= most + Progress)
            {
                // The file may be as long as it likes, as long as it comes.
                most = destination.Length;
                fruitless = 0;
            }

            TimeSpan pause = _retries.Delay(fruitless++, attempt.RetryAfter);
            if (!attempt.MayRepeat || fruitless >= MaxFruitless || pause >= call.Remaining)
            {
                throw new EpPromoException(
                    attempt.Cause, ErrorKind.Unavailable, nameof(SR.DownloadFailed), jobId, attempt.Reason);
            }

            if (attempt.LinkIsDead)
            {
                link = null;
                file.NewLink();
            }

            call.LogRetry($"file of job {jobId}", fruitless, pause, attempt.Reason);
            await _clock.DelayAsync(pause, cancellationToken);
        }
    }
}
