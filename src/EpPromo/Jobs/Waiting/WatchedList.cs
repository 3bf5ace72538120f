using EpPromo.Api;

namespace EpPromo.Jobs.Waiting;

/// <summary>Reads as much of a promotion's job list as it takes to see the jobs that are waited for.</summary>
internal static class WatchedList
{
    /// <summary>Reads from the page where the jobs were last until all are found; from the start only for those not found there.</summary>
    /// <returns>
    /// The jobs seen, and, where the store gives other pages than those asked for, the error: those that were not seen may be there all the
    /// same.
    /// </returns>
    public static async Task<(List<PromotionJob> Seen, EpPromoException? Unusable)> ReadAsync(
        IJobApi api, WatchedPromotion promotion, IEnumerable<WatchedJob> watched, CancellationToken cancellationToken)
    {
        HashSet<string> missing = [.. watched.Select(job => job.JobId)];
        List<PromotionJob> seen = [];
        int start = promotion.PageOffset;
        int? foundAt = null;

        bool Visit(Page<PromotionJob> page)
        {
            seen.AddRange(page.Items);
            foreach (PromotionJob job in page.Items)
            {
                if (missing.Remove(job.JobId))
                {
                    foundAt ??= page.Offset;
                }
            }

            return missing.Count > 0;
        }

        EpPromoException? unusable = await WalkAsync(start);
        if (start > 0 && missing.Count > 0)
        {
            unusable = await WalkAsync(0);
        }

        promotion.PageOffset = foundAt ?? 0;
        return (seen, unusable);

        async Task<EpPromoException?> WalkAsync(int from)
        {
            try
            {
                await JobFinder.WalkAsync(api, promotion.PromotionId, null, from, Visit, cancellationToken);
                return null;
            }
            catch (EpPromoException e) when (e.ErrorId == nameof(SR.PagingIgnored))
            {
                // What the pages before have shown is true all the same.
                return e;
            }
        }
    }
}
