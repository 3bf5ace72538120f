using EpPromo.Runs.Finding;
using EpPromo.Text;

namespace EpPromo.PowerShell.Reports;

/// <summary>Which jobs of a promotion a report is about: all, those of some runs, or those with some ids.</summary>
internal sealed class JobSelection
{
    private readonly HashSet<string> _runs = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> _missingIds = new(StringComparer.Ordinal);
    private readonly Func<string, bool>? _isRunWanted;
    private bool _isPromotion;

    /// <summary>Nothing is selected yet.</summary>
    /// <param name="isRunWanted">
    /// Limits what is selected as a promotion or by id to the runs whose names satisfy it; it is asked about each run. Null for no limit.
    /// </param>
    public JobSelection(Func<string, bool>? isRunWanted) => _isRunWanted = isRunWanted;

    /// <summary>Whether all jobs are selected.</summary>
    public bool IsAll => _isPromotion && _isRunWanted is null;

    /// <summary>Whether the list of jobs has been read.</summary>
    public bool IsRead { get; private set; }

    /// <summary>The ids that were selected and that no job of the list has. To be called when the list has been read.</summary>
    public IEnumerable<string> MissingIds => _missingIds;

    /// <summary>The type of the jobs, for the store to filter by; null for any.</summary>
    public string? JobType => IsAll || _ids.Count > 0 ? null : JobTypes.Generate;

    /// <summary>Selects the promotion: all jobs, or those of the runs to which promotions are limited.</summary>
    public void AddPromotion() => _isPromotion = true;

    /// <summary>Selects the jobs of a run.</summary>
    public void AddRun(string name) => _runs.Add(NormalizedText.Of(name));

    /// <summary>Selects a job, if it belongs to a run to which promotions are limited.</summary>
    public void AddJob(string jobId)
    {
        _ids.Add(jobId);
        _missingIds.Add(jobId);
    }

    /// <summary>To be called when the list of jobs has been read.</summary>
    public void SetRead() => IsRead = true;

    /// <summary>Whether a job of the list is selected.</summary>
    public bool Contains(PromotionJob job)
    {
        _missingIds.Remove(job.JobId);

        // First: it has to know each run of the list, also one of which no job is selected.
        bool isWanted = IsWanted(job);
        return IsOfRun(job) || (isWanted && (_isPromotion || _ids.Contains(job.JobId)));
    }

    /// <summary>Whether all jobs of the run of this job are selected.</summary>
    public bool ContainsRunOf(PromotionJob job) => IsOfRun(job) || (_isPromotion && IsWanted(job));

    private bool IsOfRun(PromotionJob job) => RunFinder.RunOf(job) is { } run && _runs.Contains(NormalizedText.Of(run));

    private bool IsWanted(PromotionJob job) => _isRunWanted is null || (RunFinder.RunOf(job) is { } run && _isRunWanted(run));
}
