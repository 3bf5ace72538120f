namespace EpPromo;

/// <summary>
/// Deletes the codes that a run has made too many. Which ones depends on the jobs and codes alone, so two runners that do it at the
/// same time delete the same.
/// </summary>
internal sealed class SurplusRemover
{
    private readonly IPromotionApi _api;

    public SurplusRemover(IPromotionApi api) => _api = api;

    /// <summary>Deletes what is too many and returns how many codes of the run that left out.</summary>
    /// <exception cref="EpPromoException">The codes of a job cannot be told from others: nothing of it was deleted.</exception>
    public async Task<int> RemoveAsync(RunJournal journal, CancellationToken cancellationToken)
    {
        int removed = 0;
        foreach ((PromotionJob job, int keep) in journal.Surplus())
        {
            int made = RunJournal.CountedCodes(job);
            List<PromotionCode> own = [];
            await new JobCodes(_api).VisitAsync(job, own.Add, cancellationToken);
            if (own.Count > made)
            {
                throw new EpPromoException(
                    ErrorKind.Uncertain, nameof(SR.SurplusUnclear), made - keep, job.JobId, job.PromotionId, own.Count, made);
            }

            string[] newest = [.. own
                .OrderBy(code => code.CreatedAt)
                .ThenBy(code => code.Code, StringComparer.OrdinalIgnoreCase)
                .Skip(keep)
                .Select(code => code.Code)];
            await _api.DeleteCodesAsync(job.PromotionId, newest, cancellationToken);
            removed += made - keep;
        }

        return removed;
    }
}
