namespace EpPromo;

/// <summary>Reads as much of a promotion's job list as it takes to see the jobs that are waited for.</summary>
internal static class WatchedList
{
    /// <summary>Reads from the page where the jobs were last until all are found; from the start only for those not found there.</summary>
    public static async Task<List<PromotionJob>> ReadAsync(
        IPromotionApi api, WatchedPromotion promotion, IEnumerable<WatchedJob> watched, CancellationToken cancellationToken)
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

        await Paging.WalkAsync(start, offset => api.ListJobsAsync(promotion.PromotionId, null, offset, cancellationToken), Visit);
        if (start > 0 && missing.Count > 0)
        {
            await Paging.WalkAsync(0, offset => api.ListJobsAsync(promotion.PromotionId, null, offset, cancellationToken), Visit);
        }

        promotion.PageOffset = foundAt ?? 0;
        return seen;
    }
}
