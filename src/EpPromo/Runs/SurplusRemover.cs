using EpPromo.Codes;

namespace EpPromo.Runs;

/// <summary>
/// Deletes the codes that a run has made too many. Which ones stay depends on the jobs and codes alone, so of two runners that do it
/// at the same time none deletes what the other one keeps.
/// </summary>
internal sealed class SurplusRemover
{
    private readonly ICodeApi _api;
    private readonly CodeRunRequest _request;
    private readonly RunJournal _journal;

    public SurplusRemover(ICodeApi api, CodeRunRequest request, RunJournal journal)
    {
        _api = api;
        _request = request;
        _journal = journal;
    }

    /// <summary>
    /// Deletes what is too many; what an earlier sitting or another runner has deleted is not there any more. The list of codes must
    /// show all codes of the jobs by now.
    /// </summary>
    /// <param name="cancellationToken">Stops it; the next sitting goes on with it.</param>
    /// <returns>How many codes it has deleted.</returns>
    /// <exception cref="EpPromoException">The codes of a job cannot be told from others: nothing was deleted.</exception>
    public async Task<int> RemoveAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Surplus> all = _journal.Surplus();
        Dictionary<Surplus, Dictionary<string, PromotionCode>> found = await FindAsync(all, cancellationToken);
        List<string> newest = [];
        foreach (Surplus surplus in all)
        {
            List<PromotionCode> own = [.. found[surplus].Values];
            List<PromotionJob> others = [.. _journal.Productive.Concat(all.SelectMany(one => one.Jobs)).Except(surplus.Jobs)];
            ThrowIfUnclear(surplus, own, others);
            newest.AddRange(own
                .OrderBy(code => code.CreatedAt)
                .ThenBy(code => code.Code, CodeComparer.Instance)
                .Skip(surplus.Keep)
                .Select(code => code.Text));
        }

        if (newest.Count > 0)
        {
            await _api.DeleteCodesAsync(_request.PromotionId, newest, cancellationToken);
        }

        return newest.Count;
    }

    /// <summary>The codes that can be of the jobs, in one walk for all of them.</summary>
    private async Task<Dictionary<Surplus, Dictionary<string, PromotionCode>>> FindAsync(
        IReadOnlyList<Surplus> all, CancellationToken cancellationToken)
    {
        Dictionary<Surplus, Dictionary<string, PromotionCode>> found =
            all.ToDictionary(surplus => surplus, _ => new Dictionary<string, PromotionCode>(CodeComparer.Instance));
        Dictionary<string, Surplus> ofJob =
            all.SelectMany(surplus => surplus.Jobs, (surplus, job) => (job.JobId, surplus)).ToDictionary(one => one.JobId, one => one.surplus);
        await new JobCodes(_api).VisitAsync(
            _request.PromotionId,
            _request.CodePrefix,
            [.. all.SelectMany(surplus => surplus.Jobs)],
            (job, code) =>
            {
                found[ofJob[job.JobId]][code.Text] = code;
                return Task.CompletedTask;
            },
            cancellationToken);
        return found;
    }

    /// <summary>
    /// Codes that others made in the time of a job look like its own, and then nobody can tell which ones to delete. Nor can one when
    /// fewer are found than are to stay: those that are too many may be among those that were not found.
    /// </summary>
    private void ThrowIfUnclear(Surplus surplus, List<PromotionCode> own, List<PromotionJob> others)
    {
        bool hasTimes = surplus.Jobs.All(job => job.CreatedAt is not null && job.UpdatedAt is not null)
            && own.TrueForAll(code => code.CreatedAt is not null);
        bool fits = own.Count >= surplus.Keep && own.Count <= surplus.Left;
        if (!hasTimes || !fits || (own.Count > surplus.Keep && own.Exists(MayBeOfAnother)))
        {
            throw new EpPromoException(
                ErrorKind.Uncertain, nameof(SR.SurplusUnclear),
                surplus.Words(surplus.TooMany), string.Join(", ", surplus.Jobs.Select(job => job.JobId)), _request.PromotionId,
                own.Count, surplus.Words(surplus.Left));
        }

        // When all codes of the jobs are there, and no more, no job of others has made one of them. Where the jobs do not say how many
        // there are, no number would show one that somebody has added by hand: it must look like a code of the run at least.
        bool MayBeOfAnother(PromotionCode code) =>
            others.Exists(job => JobCodes.CanHaveMade(job, code))
            || (own.Count < surplus.Left && surplus.Jobs.Any(job => JobCodes.IsAtItsEdge(job, code)))
            || (!surplus.IsKnown && !CodeShape.Fits(code.Code, _request.CodePrefix, _request.CodeLength));
    }
}
