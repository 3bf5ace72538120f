using EpPromo.Promotions;
using EpPromo.Runs;
using EpPromo.Runs.Finding;

namespace EpPromo.Reports;

/// <summary>Finds what did not succeed: jobs that failed or were cancelled, runs with missing codes, and lists that could not be read.</summary>
internal static class ProblemFinder
{
    /// <summary>The problems of one promotion, each at one place.</summary>
    /// <param name="source">What is known of the promotion.</param>
    /// <param name="parts">The runs on it.</param>
    public static IEnumerable<ReportProblem> Find(ReportSource source, IReadOnlyList<CodeRun> parts)
    {
        Dictionary<string, CodeRun> runs = parts.ToDictionary(part => part.Name, StringComparer.OrdinalIgnoreCase);
        foreach ((EpPromoException error, string? run) in source.Errors)
        {
            yield return At(source, error.ErrorId, error.RecommendedAction, new() { Run = run, Message = error.Message });
        }

        List<ReportProblem> jobs = [.. source.Jobs.Where(IsProblem).Select(job => OfJob(source, job, RunOf(job)))];
        foreach (CodeRun run in parts.Where(part => part.Status == RunStatuses.Incomplete))
        {
            // A run that has ended because of a job has the error of that job.
            if (!jobs.Any(job => job.ErrorId == run.ErrorId && job.Places[0].Run == run.Name))
            {
                yield return OfRun(source, run);
            }
        }

        foreach (ReportProblem job in jobs)
        {
            yield return job;
        }

        // Another job of the run can have made up for it, which the jobs of a partial run do not show.
        bool IsProblem(PromotionJob job) => job.IsFinished && !JobStatuses.IsCompleted(job.Status) && !source.IsOfPartialRun(job);

        CodeRun? RunOf(PromotionJob job) => RunFinder.RunOf(job) is { } name && runs.TryGetValue(name, out CodeRun? run) ? run : null;
    }

    /// <summary>The problems, with the places of the same problem together; open ones first, then those at most places.</summary>
    public static IReadOnlyList<ReportProblem> Group(IEnumerable<ReportProblem> problems) =>
    [
        .. problems.GroupBy(problem => (problem.ErrorId, problem.IsResolved, problem.Reason, problem.Places[0].Run))
            .Select(group => group.First() with { Places = [.. group.SelectMany(problem => problem.Places)] })
            .OrderBy(problem => problem.IsResolved)
            .ThenByDescending(problem => problem.Places.Count)
            .ThenBy(problem => problem.ErrorId, StringComparer.Ordinal),
    ];

    /// <summary>A run with missing codes: why it has ended, if the output of its session was given.</summary>
    private static ReportProblem OfRun(ReportSource source, CodeRun run)
    {
        EpPromoException missing = RunCodes.RunIncomplete(run.Name, run.PromotionId, run.Generated ?? 0, run.Requested, run.MaxRequested);
        return run.ErrorId is null
            ? At(source, missing.ErrorId, missing.RecommendedAction, new() { Run = run.Name, Message = missing.Message })
            : At(source, run.ErrorId, run.RecommendedAction ?? missing.RecommendedAction, new() { Run = run.Name, Message = run.Error ?? missing.Message });
    }

    /// <summary>A job that failed or was cancelled. If it belongs to a run that is complete, the run has replaced it.</summary>
    private static ReportProblem OfJob(ReportSource source, PromotionJob job, CodeRun? run)
    {
        JobEndedException error = new(job);
        bool isReplaced = run is not null && run.Status == RunStatuses.Completed;
        string action = run is null || error.Kind == ErrorKind.LimitExceeded ? error.RecommendedAction
            : RunCodes.RunIncomplete(run.Name, run.PromotionId, 0, null, null).RecommendedAction;
        return At(
            source,
            error.ErrorId,
            isReplaced ? SR.ReportJobReplaced : action,
            new() { Run = run?.Name, JobId = job.JobId, JobName = job.Name, Message = error.Message }) with
        {
            IsResolved = isReplaced,
            Reason = job.Error ?? "",
        };
    }

    private static ReportProblem At(ReportSource source, string errorId, string action, ReportProblemPlace place) => new()
    {
        ErrorId = errorId,
        RecommendedAction = action,
        Places =
        [
            place with
            {
                Store = source.Origin?.Name,
                Kind = (source.Origin?.Kind ?? PromotionKind.Rule).ToString(),
                PromotionId = source.PromotionId,
                PromotionName = source.PromotionName,
                Message = PromotionNameText.Add(place.Message, id => id == source.PromotionId ? source.PromotionName : ""),
                RecommendedAction = action,
            },
        ],
    };
}
