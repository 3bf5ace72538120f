using EpPromo.Promotions;
using EpPromo.Runs;

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
        foreach (EpPromoException error in source.Errors)
        {
            yield return At(source, error.ErrorId, error.Message, error.RecommendedAction, new() { Message = error.Message });
        }

        foreach (CodeRun run in parts.Where(part => part.Status == RunStatuses.Incomplete))
        {
            EpPromoException missing = RunCodes.RunIncomplete(run.Name, run.PromotionId, run.Generated ?? 0, run.Requested ?? run.MaxRequested);
            bool isExplained = run.ErrorId is not null;
            yield return At(
                source,
                run.ErrorId ?? missing.ErrorId,
                isExplained ? run.Error! : "",
                run.RecommendedAction ?? missing.RecommendedAction,
                new() { Run = run.Name, Message = isExplained ? run.Error! : missing.Message });
        }

        foreach (PromotionJob job in source.Jobs.Where(job => job.IsFinished && !JobStatuses.IsCompleted(job.Status)))
        {
            string? name = RunFinder.RunOf(job);
            CodeRun? run = null;
            if (name is not null)
            {
                runs.TryGetValue(name, out run);
            }

            yield return OfJob(source, job, run);
        }
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

    /// <summary>A job that failed or was cancelled. If it belongs to a run, the run replaces it, now or when it is resumed.</summary>
    private static ReportProblem OfJob(ReportSource source, PromotionJob job, CodeRun? run)
    {
        JobEndedException error = new(job);
        bool isReplaced = run is not null && run.Status != RunStatuses.Incomplete;
        string action = run is null || error.Kind == ErrorKind.LimitExceeded ? error.RecommendedAction
            : RunCodes.RunIncomplete(run.Name, run.PromotionId, 0, null).RecommendedAction;
        return At(
            source,
            error.ErrorId,
            job.Error ?? "",
            isReplaced ? SR.ReportJobReplaced : action,
            new() { Run = run?.Name, JobId = job.JobId, JobName = job.Name, Message = error.Message }) with
        {
            IsResolved = isReplaced,
        };
    }

    private static ReportProblem At(ReportSource source, string errorId, string reason, string action, ReportProblemPlace place) => new()
    {
        ErrorId = errorId,
        Reason = reason,
        RecommendedAction = action,
        Places =
        [
            place with
            {
                PromotionId = source.PromotionId,
                PromotionName = source.PromotionName,
                Message = PromotionNameText.Add(place.Message, id => id == source.PromotionId ? source.PromotionName : ""),
                RecommendedAction = action,
            },
        ],
    };
}
