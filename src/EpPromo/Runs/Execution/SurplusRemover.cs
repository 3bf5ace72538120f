using EpPromo.Codes;
using EpPromo.Codes.Changes;

namespace EpPromo.Runs.Execution;

/// <summary>
/// Deletes the surplus codes of a run. Which ones stay depends on the jobs and codes alone, so of two runners that do this at the same
/// time neither deletes what the other keeps (docs/guarantees.md, "Surplus codes").
/// </summary>
internal sealed class SurplusRemover
{
    private readonly ICodeApi _api;
    private readonly CodeRemover _remover;
    private readonly CodeRunRequest _request;
    private readonly RunJournal _journal;

    /// <summary>A remover for one run.</summary>
    /// <param name="api">The codes of the store.</param>
    /// <param name="remover">Removes codes.</param>
    /// <param name="request">The run.</param>
    /// <param name="journal">What is known of its jobs.</param>
    public SurplusRemover(ICodeApi api, CodeRemover remover, CodeRunRequest request, RunJournal journal)
    {
        _api = api;
        _remover = remover;
        _request = request;
        _journal = journal;
    }

    /// <summary>
    /// Deletes the surplus that still exists. What an earlier session or another runner has deleted is not counted again. The list of codes
    /// must already show all codes of the jobs.
    /// </summary>
    /// <param name="cancellationToken">Interrupts the deletion; the next session completes it.</param>
    /// <returns>How many codes were deleted.</returns>
    /// <exception cref="EpPromoException">The codes of a job cannot be distinguished from others. Nothing was deleted.</exception>
    public async Task<int> RemoveAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<SurplusGroup> groups = _journal.FindSurplus();
        Dictionary<SurplusGroup, Dictionary<string, PromotionCode>> found = await FindCodesAsync(groups, cancellationToken);
        List<string> newest = [];
        foreach (SurplusGroup group in groups)
        {
            List<PromotionCode> codes = [.. found[group].Values];
            List<PromotionJob> otherJobs = [.. _journal.CountedJobs.Concat(groups.SelectMany(one => one.Jobs)).Except(group.Jobs)];
            ThrowIfUnclear(group, codes, otherJobs);
            newest.AddRange(codes
                .OrderBy(code => code.CreatedAt)
                .ThenBy(code => code.Code, CodeComparer.Instance)
                .Skip(group.KeptCodes)
                .Select(code => code.Text));
        }

        if (newest.Count > 0)
        {
            await _remover.RemoveAsync(_request.PromotionId, newest, new Observer(), cancellationToken);
        }

        return newest.Count;
    }

    /// <summary>Finds the codes that the jobs can have generated, in one walk for all of them.</summary>
    private async Task<Dictionary<SurplusGroup, Dictionary<string, PromotionCode>>> FindCodesAsync(
        IReadOnlyList<SurplusGroup> groups, CancellationToken cancellationToken)
    {
        Dictionary<SurplusGroup, Dictionary<string, PromotionCode>> found =
            groups.ToDictionary(group => group, _ => new Dictionary<string, PromotionCode>(CodeComparer.Instance));
        Dictionary<string, SurplusGroup> groupOfJob =
            groups.SelectMany(group => group.Jobs, (group, job) => (job.JobId, group)).ToDictionary(one => one.JobId, one => one.group);
        await new JobCodeFinder(_api).FindAsync(
            _request.PromotionId,
            _request.CodePrefix,
            [.. groups.SelectMany(group => group.Jobs)],
            (job, code) =>
            {
                found[groupOfJob[job.JobId]][code.Text] = code;
                return Task.CompletedTask;
            },
            cancellationToken);
        return found;
    }

    /// <summary>
    /// Throws if the codes that were found may not be the jobs' own. Codes that others created during a job look like its codes. And if
    /// fewer are found than are to stay, the missing ones may be those that are surplus.
    /// </summary>
    private void ThrowIfUnclear(SurplusGroup group, List<PromotionCode> codes, List<PromotionJob> otherJobs)
    {
        bool hasTimes = group.Jobs.All(job => job.CreatedAt is not null && job.UpdatedAt is not null)
            && codes.TrueForAll(code => code.CreatedAt is not null);
        bool isPlausible = codes.Count >= group.KeptCodes && codes.Count <= group.RemainingCodes;
        if (!hasTimes || !isPlausible || (codes.Count > group.KeptCodes && codes.Exists(MayBeOfOthers)))
        {
            throw new EpPromoException(
                ErrorKind.Uncertain, nameof(SR.SurplusUnclear),
                group.Describe(group.SurplusCodes), string.Join(", ", group.Jobs.Select(job => job.JobId)), _request.PromotionId,
                codes.Count, group.Describe(group.RemainingCodes));
        }

        // If exactly as many codes are found as the jobs left, none of them is of a job of others. If the jobs do not report how many they
        // left, no number reveals a code that somebody has typed; then each code must at least have the form of a generated one.
        bool MayBeOfOthers(PromotionCode code) =>
            otherJobs.Exists(job => JobCodeFinder.CouldHaveGenerated(job, code))
            || (codes.Count < group.RemainingCodes && group.Jobs.Any(job => JobCodeFinder.IsAtBoundary(job, code)))
            || (!group.IsExact && !GeneratedCodeFormat.Matches(code.Code, _request.CodePrefix, _request.CodeLength));
    }

    /// <summary>A code that the store does not remove ends the session; the next one completes the removal.</summary>
    private sealed class Observer : ICodeRemoveObserver
    {
        public void OnRemoved(IReadOnlyList<string> codes)
        {
        }

        public Task RejectedAsync(string code, ApiException error) => throw error;

        public void OnWaiting()
        {
        }
    }
}
