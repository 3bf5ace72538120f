using EpPromo.Api;
using EpPromo.Jobs;
using EpPromo.Runs;
using EpPromo.Runs.Finding;

namespace EpPromo.Reports;

/// <summary>What is known of one promotion: its jobs, how its runs ended, and what could not be read.</summary>
internal sealed class ReportSource
{
    private readonly IStoreReference? _origin;
    private readonly Dictionary<string, PromotionJob> _jobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CodeRun> _outcomes = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _wholeRuns = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(EpPromoException Error, string? Run)> _errors = [];
    private readonly Dictionary<string, ReportUsage> _usageOfRuns = new(StringComparer.OrdinalIgnoreCase);
    private ReportUsage? _usage;

    /// <summary>Nothing is known yet but where the promotion is.</summary>
    /// <param name="origin">Its store and kind, or null.</param>
    /// <param name="promotionId">Its id.</param>
    public ReportSource(IStoreReference? origin, string promotionId)
    {
        _origin = origin;
        PromotionId = promotionId;
    }

    /// <summary>Its store and kind, or null.</summary>
    public IStoreReference? Origin => _origin;

    /// <summary>The id of the promotion.</summary>
    public string PromotionId { get; }

    /// <summary>Its name, empty if it is not known.</summary>
    public string PromotionName { get; private set; } = "";

    /// <summary>Its jobs, the oldest first.</summary>
    public IEnumerable<PromotionJob> Jobs => _jobs.Values.OrderBy(job => job.CreatedAt).ThenBy(job => job.Name, StringComparer.Ordinal);

    /// <summary>What could not be read, and of which run; null for what is not about a single run.</summary>
    public IReadOnlyList<(EpPromoException Error, string? Run)> Errors => _errors;

    /// <summary>Sets the name, unless it is not known.</summary>
    public void Name(string promotionName) => PromotionName = promotionName.Length > 0 ? promotionName : PromotionName;

    /// <summary>Adds a job. Of a job that was added before, this is the newer state.</summary>
    /// <param name="job">The job.</param>
    /// <param name="isRunWhole">
    /// Whether all jobs of its run on this promotion are added, too. Only then is anything said of the run: some of its jobs do not show
    /// whether it is complete.
    /// </param>
    public void Add(PromotionJob job, bool isRunWhole)
    {
        _jobs[job.JobId] = job;
        Name(job.PromotionName);
        if (isRunWhole && RunFinder.RunOf(job) is { } run)
        {
            _wholeRuns.Add(run);
        }
    }

    /// <summary>Whether a job belongs to a run of which not all jobs are known to be here.</summary>
    public bool IsOfPartialRun(PromotionJob job) => RunFinder.RunOf(job) is { } run && !_wholeRuns.Contains(run);

    /// <summary>Adds how a run ended in the session that executed it, which its jobs do not show.</summary>
    public void Add(CodeRun outcome) => _outcomes[outcome.Name] = outcome;

    /// <summary>Adds what could not be read, and of which run; null for what is not about a single run.</summary>
    public void Add(EpPromoException error, string? run) => _errors.Add((error, run));

    /// <summary>Adds how the codes of a run are used, or those of the whole promotion.</summary>
    public void Add(CodeMeasurement measurement)
    {
        if (measurement.Run is { } run)
        {
            _usageOfRuns[run] = ReportUsage.Of(measurement);
        }
        else
        {
            _usage = ReportUsage.Of(measurement);
        }
    }

    /// <summary>
    /// The whole runs on this promotion as their jobs show them, the oldest first. A run that has failed before it created a job is one, too, if its
    /// outcome was added.
    /// </summary>
    public IReadOnlyList<CodeRun> FindParts()
    {
        Dictionary<string, CodeRun> outcomes = new(_outcomes, StringComparer.OrdinalIgnoreCase);
        List<CodeRun> parts = [];
        foreach (CodeRun found in RunFinder.PartsOf(PromotionId, _jobs.Values.Where(job => !IsOfPartialRun(job))))
        {
            outcomes.TryGetValue(found.Name, out CodeRun? outcome);
            outcomes.Remove(found.Name);
            bool isOpen = !JobStatuses.IsCompleted(found.Status);
            parts.Add(new CodeRun(found)
            {
                PromotionName = PromotionName,
                Origin = _origin,
                Requested = found.Requested ?? outcome?.Requested,
                Path = outcome?.Path,
                Error = isOpen ? outcome?.Error ?? found.Error : null,
                ErrorId = isOpen ? outcome?.ErrorId : null,
                RecommendedAction = isOpen ? outcome?.RecommendedAction : null,
            });
        }

        // Only what failed: a name without jobs is otherwise that of a run on other promotions, or of one whose jobs could not be read.
        parts.AddRange(outcomes.Values.Where(outcome => outcome.Error is not null).Select(outcome => new CodeRun(outcome)
        {
            PromotionName = PromotionName,
            Origin = _origin,
            Status = RunStatuses.Incomplete,
            Generated = 0,
            Jobs = 0,
        }));
        return [.. parts.OrderBy(part => part.Started)];
    }

    /// <summary>The promotion in the report.</summary>
    /// <param name="parts">The runs on it.</param>
    public ReportPromotion ToPromotion(IReadOnlyList<CodeRun> parts)
    {
        List<ReportJob> jobs = [.. Jobs.Select(job => ReportJob.Of(job, RunFinder.RunOf(job)))];
        List<PromotionJob> single =
            [.. _jobs.Values.Where(job => (RunFinder.RunOf(job) is null || IsOfPartialRun(job)) && JobStatuses.Is(job.JobType, JobTypes.Generate))];

        // Several jobs of a run can have requested the same codes.
        bool isRequestedKnown = parts.All(part => part.Requested is not null) && !single.Any(IsOfPartialRun);
        return new ReportPromotion
        {
            PromotionId = PromotionId,
            PromotionName = PromotionName,
            Store = _origin?.Name,
            Kind = (_origin?.Kind ?? PromotionKind.Rule).ToString(),
            Generated = parts.Sum(part => (long)(part.Generated ?? 0)) + single.Sum(job => (long)JobCodeCount.Counted(job)),
            Requested = isRequestedKnown
                ? parts.Sum(part => (long)part.Requested!.Value) + single.Sum(job => (long)(job.NumberOfCodes ?? 0))
                : null,
            Usage = _usage,
            Runs = [.. parts.Select(part => ReportPart.Of(part, _usageOfRuns.TryGetValue(part.Name, out ReportUsage? usage) ? usage : null))],
            Jobs = jobs,
        };
    }
}
