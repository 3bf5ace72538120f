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
        // Only the whole list tells whether codes of others are among those that look like a job's own.
        await waitForLists();

        List<string> newest = [];
        foreach (Surplus surplus in _journal.Surplus())
        {
            List<PromotionCode> own = await ReadAsync(surplus, cancellationToken);
            ThrowIfUnclear(surplus, own);
            newest.AddRange(own
                .OrderBy(code => code.CreatedAt)
                .ThenBy(code => code.Code, StringComparer.OrdinalIgnoreCase)
                .Skip(surplus.Keep)
                .Select(code => code.Code));
        }

        if (newest.Count > 0)
        {
            await _api.DeleteCodesAsync(_request.PromotionId, newest, cancellationToken);
        }

        return newest.Count;
    }

    private async Task<List<PromotionCode>> ReadAsync(Surplus surplus, CancellationToken cancellationToken)
    {
        Dictionary<string, PromotionCode> own = new(StringComparer.OrdinalIgnoreCase);
        await new JobCodes(_api).VisitAsync(
            _request.PromotionId, _request.CodePrefix, surplus.Jobs, (_, code) => own[code.Code] = code, cancellationToken);
        return [.. own.Values];
    }

    /// <summary>Codes that others made in the time of a job look like its own, and then nobody can tell which ones to delete.</summary>
    private void ThrowIfUnclear(Surplus surplus, List<PromotionCode> own)
    {
        bool hasTimes = surplus.Jobs.All(job => job.CreatedAt is not null && job.UpdatedAt is not null)
            && own.TrueForAll(code => code.CreatedAt is not null);
        if (own.Count > surplus.Made || !hasTimes)
        {
            throw new EpPromoException(
                ErrorKind.Uncertain, nameof(SR.SurplusUnclear),
                surplus.Made - surplus.Keep, string.Join(", ", surplus.Jobs.Select(job => job.JobId)), _request.PromotionId,
                own.Count, surplus.Made);
        }
    }
}
