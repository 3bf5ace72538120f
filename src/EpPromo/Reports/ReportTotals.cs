namespace EpPromo.Reports;

/// <summary>All promotions of a report together.</summary>
internal sealed record ReportTotals
{
    /// <summary>How many promotions there are.</summary>
    public int Promotions { get; init; }

    /// <summary>How many runs there are.</summary>
    public int Runs { get; init; }

    /// <summary>How many of the runs have all their codes.</summary>
    public int CompletedRuns { get; init; }

    /// <summary>How many codes the jobs generated, without a surplus that a run deletes.</summary>
    public long Generated { get; init; }

    /// <summary>How many codes were requested; null if the jobs of a run do not show it.</summary>
    public long? Requested { get; init; }

    /// <summary>How many jobs there are.</summary>
    public int Jobs { get; init; }

    /// <summary>How many of them completed.</summary>
    public int CompletedJobs { get; init; }

    /// <summary>How many failed.</summary>
    public int FailedJobs { get; init; }

    /// <summary>How many were cancelled.</summary>
    public int CancelledJobs { get; init; }

    /// <summary>How many had not ended.</summary>
    public int ActiveJobs { get; init; }

    /// <summary>How many problems are open.</summary>
    public int OpenProblems { get; init; }

    /// <summary>When the first job was created, by the server's clock; null if no job says so.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When a job last changed, by the server's clock; null if no job says so.</summary>
    public DateTimeOffset? LastChanged { get; init; }

    /// <summary>The sums over <paramref name="promotions"/>.</summary>
    /// <param name="promotions">The promotions of the report.</param>
    /// <param name="runs">Its runs.</param>
    /// <param name="problems">Its problems.</param>
    public static ReportTotals Of(
        IReadOnlyList<ReportPromotion> promotions, IReadOnlyList<ReportRun> runs, IReadOnlyList<ReportProblem> problems)
    {
        List<ReportJob> jobs = [.. promotions.SelectMany(promotion => promotion.Jobs)];
        return new ReportTotals
        {
            Promotions = promotions.Count,
            Runs = runs.Count,
            CompletedRuns = runs.Count(run => JobStatuses.IsCompleted(run.Status)),
            Generated = promotions.Sum(promotion => promotion.Generated),
            Requested = promotions.All(promotion => promotion.Requested is not null) ? promotions.Sum(promotion => promotion.Requested!.Value) : null,
            Jobs = jobs.Count,
            CompletedJobs = jobs.Count(job => job.Outcome == JobOutcome.Completed),
            FailedJobs = jobs.Count(job => job.Outcome == JobOutcome.Failed),
            CancelledJobs = jobs.Count(job => job.Outcome == JobOutcome.Cancelled),
            ActiveJobs = jobs.Count(job => job.Outcome == JobOutcome.Active),
            OpenProblems = problems.Count(problem => !problem.IsResolved),
            Started = jobs.Min(job => job.CreatedAt),
            LastChanged = jobs.Max(job => job.UpdatedAt),
        };
    }
}
