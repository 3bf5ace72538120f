using EpPromo.Api;

namespace EpPromo.Jobs.Waiting;

/// <summary>The watched jobs of one promotion: one list request serves them all.</summary>
internal sealed class WatchedPromotion
{
    /// <summary>The offset of the page that showed the first of the jobs last, so that a long list is not read from its start each time.</summary>
    private int _pageOffset;

    public WatchedPromotion(string promotionId) => PromotionId = promotionId;

    public string PromotionId { get; }

    /// <summary>The jobs that callers still wait for; a job that two callers wait for is here twice, because each can stop by itself.</summary>
    public HashSet<WatchedJob> Jobs { get; } = [];

    /// <summary>Whether its list is being read; until that is done it stays out of the queue.</summary>
    public bool IsBeingPolled { get; set; }

    /// <summary>Its place in the <see cref="PollQueue"/>, or null while it is not queued.</summary>
    public QueuedPoll? Queued { get; set; }

    /// <summary>
    /// Reads as much of the job list as it takes to see <paramref name="watched"/>: from the page that showed them last until all are found,
    /// then from the start only for those that were not found.
    /// </summary>
    /// <returns>
    /// The jobs read and, when the store returned other pages than those requested, that error: jobs that were not read may exist all the same.
    /// </returns>
    public async Task<(List<PromotionJob> Jobs, EpPromoException? ListError)> ReadJobsAsync(
        IJobApi api, IEnumerable<WatchedJob> watched, CancellationToken cancellationToken)
    {
        HashSet<string> missing = [.. watched.Select(job => job.JobId)];
        List<PromotionJob> jobs = [];
        int start = _pageOffset;
        int? foundAt = null;

        EpPromoException? error = await ReadFromAsync(start);
        if (start > 0 && missing.Count > 0)
        {
            error = await ReadFromAsync(0);
        }

        _pageOffset = foundAt ?? 0;
        return (jobs, error);

        async Task<EpPromoException?> ReadFromAsync(int offset)
        {
            try
            {
                await JobFinder.WalkAsync(api, PromotionId, null, offset, VisitPage, cancellationToken);
                return null;
            }
            catch (EpPromoException e) when (e.ErrorId == nameof(SR.PagingIgnored))
            {
                // The pages before the repeated one are valid.
                return e;
            }
        }

        bool VisitPage(Page<PromotionJob> page)
        {
            jobs.AddRange(page.Items);
            foreach (PromotionJob job in page.Items)
            {
                if (missing.Remove(job.JobId))
                {
                    foundAt ??= page.Offset;
                }
            }

            return missing.Count > 0;
        }
    }
}
