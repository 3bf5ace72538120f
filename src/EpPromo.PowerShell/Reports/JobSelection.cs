using EpPromo.Runs;
using EpPromo.Text;

namespace EpPromo.PowerShell.Reports;

/// <summary>Which jobs of a promotion a report is about: all, those of some runs, or those with some ids.</summary>
internal sealed class JobSelection
{
    private readonly HashSet<string> _runs = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private Func<string, bool>? _isRunWanted;

    /// <summary>Whether all jobs are selected.</summary>
    public bool IsAll { get; private set; }

    /// <summary>The ids that were selected.</summary>
    public IEnumerable<string> Ids => _ids;

    /// <summary>The type of the jobs, for the store to filter by; null for any.</summary>
    public string? JobType => IsAll || _ids.Count > 0 ? null : JobTypes.Generate;

    /// <summary>Selects all jobs.</summary>
    public void AddAll() => IsAll = true;

    /// <summary>Selects the jobs of a run.</summary>
    public void AddRun(string name) => _runs.Add(NormalizedText.Of(name));

    /// <summary>Selects the jobs of all runs whose names satisfy a condition.</summary>
    public void AddRuns(Func<string, bool> isWanted) => _isRunWanted = isWanted;

    /// <summary>Selects a job.</summary>
    public void AddJob(string jobId) => _ids.Add(jobId);

    /// <summary>Whether a job is selected.</summary>
    public bool Contains(PromotionJob job) => IsAll || _ids.Contains(job.JobId)
        || (RunFinder.RunOf(job) is { } run && (_runs.Contains(NormalizedText.Of(run)) || _isRunWanted?.Invoke(run) == true));
}
