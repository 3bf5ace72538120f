using EpPromo.Concurrency;
using EpPromo.Time;

namespace EpPromo.Jobs.Creation;

/// <summary>
/// Finds the job of a create whose response was lost. The promotion's list may lag behind, so it is read repeatedly, until it must show
/// the job if that was created.
/// </summary>
internal sealed class LostJobFinder
{
    private static readonly TimeSpan s_initialDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_maxDelay = TimeSpan.FromSeconds(10);

    private readonly IJobApi _api;
    private readonly IClock _clock;
    private readonly ClaimedIds _claimedJobs;

    /// <summary>A finder that reads lists through <paramref name="api"/>.</summary>
    /// <param name="api">The store.</param>
    /// <param name="clock">Time.</param>
    /// <param name="claimedJobs">The jobs that belong to other creates.</param>
    public LostJobFinder(IJobApi api, IClock clock, ClaimedIds claimedJobs)
    {
        _api = api;
        _clock = clock;
        _claimedJobs = claimedJobs;
    }

    /// <summary>Reads the list until it shows the job or <paramref name="window"/> is over; once if that is zero.</summary>
    /// <param name="create">The create.</param>
    /// <param name="window">How long the list may lag behind.</param>
    /// <param name="mustBeReadable">Whether it is an error that the list cannot be read at the end of the window.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The job, now claimed; null if the list does not show it, or could not be read and need not be.</returns>
    /// <exception cref="EpPromoException">Of kind <see cref="ErrorKind.Uncertain"/>: the list cannot be read.</exception>
    public async Task<PromotionJob?> FindAsync(
        CreateAttempts create, TimeSpan window, bool mustBeReadable, CancellationToken cancellationToken)
    {
        DateTimeOffset end = _clock.UtcNow + window;
        for (TimeSpan delay = s_initialDelay; ; delay = (delay + delay).AtMost(s_maxDelay))
        {
            // Decided before reading, so that the last list is one that was read when the whole window was over.
            bool isLast = _clock.UtcNow >= end;
            try
            {
                if (await ReadAsync(create, cancellationToken) is { } found)
                {
                    return found;
                }
            }
            catch (EpPromoException unreadable)
                when (unreadable.Kind == ErrorKind.Uncertain && !(isLast && mustBeReadable) && !IsStoreClosed(unreadable))
            {
                // The next read may succeed; only the last one has to.
            }

            if (isLast)
            {
                return null;
            }

            await _clock.DelayAsync(delay.AtMost(end - _clock.UtcNow), cancellationToken);
        }
    }

    private async Task<PromotionJob?> ReadAsync(CreateAttempts create, CancellationToken cancellationToken)
    {
        JobMatch match = create.Match;
        try
        {
            List<PromotionJob> matches = [];
            await JobFinder.WalkAsync(
                _api,
                create.PromotionId,
                null,
                0,
                page =>
                {
                    matches.AddRange(page.Items.Where(match.IsMatch));
                    return !match.IsNameGenerated || matches.Count == 0;
                },
                cancellationToken);
            return match.OrderByLikelihood(matches).FirstOrDefault(job => _claimedJobs.TryClaim(job.JobId));
        }
        catch (ApiException e) when (e.Kind is ErrorKind.NotFound && e.Error.IsExplained)
        {
            // Reads lag behind, so a promotion that was just created can be missing, too. The next send will show for certain whether it
            // exists. A 404 that is not the API's own says nothing about the job.
            return null;
        }
        catch (EpPromoException e)
        {
            // The response was lost and the list cannot be read: only a person can find out.
            throw new EpPromoException(
                e, ErrorKind.Uncertain, nameof(SR.CreateUncertain), create.PromotionId, match.Name, create.LastFailure!.Reason, e.Message);
        }
    }

    /// <summary>Whether the user has disconnected: then no later read can succeed.</summary>
    private static bool IsStoreClosed(EpPromoException unreadable) =>
        unreadable.InnerException is EpPromoException { ErrorId: nameof(SR.StoreClosed) };
}
