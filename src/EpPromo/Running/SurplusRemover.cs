namespace EpPromo;

/// <summary>
/// Deletes the codes that a run has made too many. Which ones stay depends on the jobs and codes alone, so of two runners that do it
/// at the same time none deletes what the other one keeps.
/// </summary>
internal sealed class SurplusRemover
{
    private readonly IPromotionApi _api;
    private readonly CodeRunRequest _request;
    private readonly RunJournal _journal;

    public SurplusRemover(IPromotionApi api, CodeRunRequest request, RunJournal journal)
    {
        _api = api;
        _request = request;
        _journal = journal;
    }

    /// <summary>Deletes what is too many; what was deleted before, by an earlier sitting or another runner, is not there any more.</summary>
    /// <param name="waitForLists">Ends when the list of codes must show all codes of jobs that have ended by now.</param>
    /// <param name="cancellationToken">Stops it; the next sitting goes on with it.</param>
    /// <returns>How many codes it has deleted.</returns>
    /// <exception cref="EpPromoException">The codes of a job cannot be told from others: nothing was deleted.</exception>
    public async Task<int> RemoveAsync(Func<Task> waitForLists, CancellationToken cancellationToken)
    {
        IReadOnlyList<(PromotionJob Job, int Keep)> surplus = _journal.Surplus();
        ILookup<string, PromotionCode> codes = await ReadAsync(surplus, cancellationToken);
        if (surplus.Any(entry => codes[entry.Job.JobId].Count() < RunBatch.CountedCodes(entry.Job)))
        {
            // Some are deleted already, or the list is lagging.
            await waitForLists();
            codes = await ReadAsync(surplus, cancellationToken);
        }

        List<string> newest = [];
        foreach ((PromotionJob job, int keep) in surplus)
        {
            List<PromotionCode> own = [.. codes[job.JobId]];
            ThrowIfUnclear(job, keep, own);
            newest.AddRange(own
                .OrderBy(code => code.CreatedAt)
                .ThenBy(code => code.Code, StringComparer.OrdinalIgnoreCase)
                .Skip(keep)
                .Select(code => code.Code));
        }

        if (newest.Count > 0)
        {
            await _api.DeleteCodesAsync(_request.PromotionId, newest, cancellationToken);
        }

        return newest.Count;
    }

    private async Task<ILookup<string, PromotionCode>> ReadAsync(
        IReadOnlyList<(PromotionJob Job, int Keep)> surplus, CancellationToken cancellationToken)
    {
        List<(string JobId, PromotionCode Code)> found = [];
        PromotionJob[] jobs = [.. surplus.Select(entry => entry.Job)];
        await new JobCodes(_api).VisitAsync(
            _request.PromotionId, _request.CodePrefix, jobs, (job, code) => found.Add((job.JobId, code)), cancellationToken);
        return found.ToLookup(entry => entry.JobId, entry => entry.Code, StringComparer.Ordinal);
    }

    /// <summary>Codes that others made in the time of a job look like its own, and then nobody can tell which ones to delete.</summary>
    private static void ThrowIfUnclear(PromotionJob job, int keep, List<PromotionCode> own)
    {
        int made = RunBatch.CountedCodes(job);
        bool hasTimes = job.CreatedAt is not null && job.UpdatedAt is not null && own.TrueForAll(code => code.CreatedAt is not null);
        if (own.Count > made || !hasTimes)
        {
            throw new EpPromoException(
                ErrorKind.Uncertain, nameof(SR.SurplusUnclear), made - keep, job.JobId, job.PromotionId, own.Count, made);
        }
    }
}
