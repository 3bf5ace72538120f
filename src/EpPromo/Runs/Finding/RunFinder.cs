using EpPromo.Api;
using EpPromo.Jobs;
using EpPromo.Text;

namespace EpPromo.Runs.Finding;

/// <summary>Finds the runs of a store. The names of the jobs are the only record of them (<see cref="BatchName"/>).</summary>
internal sealed class RunFinder
{
    private readonly IJobApi _jobs;
    private readonly PageConcurrency _pages;

    /// <summary>A finder.</summary>
    /// <param name="jobs">The jobs of the store.</param>
    /// <param name="pages">How many pages of their lists are requested at the same time.</param>
    public RunFinder(IJobApi jobs, PageConcurrency pages)
    {
        _jobs = jobs;
        _pages = pages;
    }

    /// <summary>Finds the runs of one promotion, from its whole job list.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="isWanted">Whether a run with this name is wanted.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>What each run has on this promotion.</returns>
    /// <exception cref="EpPromoException">The list cannot be read.</exception>
    public async Task<IReadOnlyList<CodeRun>> FindAsync(string promotionId, Func<string, bool> isWanted, CancellationToken cancellationToken) =>
        PartsOf(promotionId, await JobFinder.ListAsync(
            _jobs, promotionId, JobTypes.Generate, job => RunOf(job) is { } run && isWanted(run), _pages, cancellationToken));

    /// <summary>The runs of one promotion, from its jobs.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="jobs">Its jobs; those that belong to no run are ignored.</param>
    public static IReadOnlyList<CodeRun> PartsOf(string promotionId, IEnumerable<PromotionJob> jobs) =>
    [
        .. jobs.Select(job => (Job: job, Run: RunOf(job)))
            .Where(pair => pair.Run is not null)
            .GroupBy(pair => pair.Run!, pair => pair.Job, StringComparer.OrdinalIgnoreCase)
            .Select(run => PartOf(promotionId, run.Key, [.. run]))
            .OfType<CodeRun>(),
    ];

    /// <summary>The runs that these parts belong to, the newest first. Two stores have no run in common.</summary>
    public static IReadOnlyList<PromotionRun> Combine(IEnumerable<CodeRun> parts) =>
    [
        .. parts.GroupBy(part => part.Origin)
            .SelectMany(store => store.GroupBy(part => NormalizedText.Of(part.Name), StringComparer.OrdinalIgnoreCase))
            .Select(run => new PromotionRun(run))
            .OrderByDescending(run => run.Started)
            .ThenBy(run => run.Name, StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>The name of the run that a job belongs to, or null.</summary>
    public static string? RunOf(PromotionJob job) => BatchName.Parse(job.Name)?.Run is { } run && run == run.Trim() ? run : null;

    /// <summary>A run on one promotion as its jobs show it; null if none of them generates codes.</summary>
    private static CodeRun? PartOf(string promotionId, string name, IReadOnlyList<PromotionJob> jobs)
    {
        CodeRunRequest request = new() { PromotionId = promotionId, Name = name, Count = int.MaxValue };
        RunJournal journal = new(request);
        journal.Observe(jobs);
        if (journal.JobCount == 0)
        {
            return null;
        }

        InferredRequest inferred = new(journal.Batches);
        PromotionJob oldest = journal.Batches[0].Job;
        PromotionJob newest = journal.Batches[journal.JobCount - 1].Job;
        PromotionJob parameters = inferred.Parameters;
        request = request with
        {
            PromotionName = oldest.PromotionName,
            Origin = oldest.Origin,
            Name = BatchName.Parse(oldest.Name)!.Value.Run,
            CodePrefix = parameters.CodePrefix,
            CodeLength = parameters.CodeLength,
            MaxUsesPerCode = parameters.MaxUsesPerCode,
            ConsumeUnit = parameters.ConsumeUnit,
        };
        string status = journal.ActiveJob is not null ? RunStatuses.Processing
            : inferred.MayMiss(journal.Generated) ? RunStatuses.Incomplete
            : RunStatuses.Completed;
        return new CodeRun(request, journal)
        {
            Requested = inferred.ExactCount,
            MaxRequested = inferred.MaxCount,
            BatchSize = inferred.BatchSize,

            // What is beyond the requested number is surplus, which the run has deleted, or deletes at its end.
            Generated = Math.Min(journal.Generated, inferred.MaxCount ?? int.MaxValue),
            Status = status,
            Started = oldest.CreatedAt,
            Finished = status == RunStatuses.Processing ? null : journal.LastChange,
            Error = status == RunStatuses.Incomplete && newest.IsFinished ? newest.Error : null,
        };
    }
}
