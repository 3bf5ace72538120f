using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Sessions;

namespace EpPromo.PowerShell.Reports;

/// <summary>Which jobs a report is about, by promotion: each list of jobs is read once, however often its promotion is in the input.</summary>
internal sealed class JobSelections
{
    private readonly Dictionary<(StoreContext Context, string PromotionId), JobSelection> _selections = [];
    private readonly RunNameFilter _names;

    /// <summary>Nothing is selected yet.</summary>
    /// <param name="names">The names and patterns of runs to which promotions are limited; null for all jobs of promotions.</param>
    public JobSelections(string[]? names) => _names = new RunNameFilter(names);

    /// <summary>The selections, with their promotions.</summary>
    public IEnumerable<KeyValuePair<(StoreContext Context, string PromotionId), JobSelection>> All => _selections;

    /// <summary>The names of all runs that the lists have shown.</summary>
    public IReadOnlyCollection<string> Runs => _names.Runs;

    /// <summary>The names without a wildcard that no run has. None if a list could not be read: a run can be in it. To be called at the end.</summary>
    public IEnumerable<string> MissingRuns => _selections.Values.All(selection => selection.IsRead) ? _names.Missing : [];

    /// <summary>Selects a run on a promotion.</summary>
    public void AddRun(StoreContext context, string promotionId, string run) => Of(context, promotionId).AddRun(run);

    /// <summary>Selects jobs of a promotion.</summary>
    /// <param name="context">The store.</param>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="jobIds">The ids of the jobs, or null for all jobs; of either, only those of the runs to which promotions are limited.</param>
    public void AddPromotion(StoreContext context, string promotionId, string[]? jobIds)
    {
        JobSelection selection = Of(context, promotionId);
        foreach (string job in jobIds ?? [])
        {
            selection.AddJob(job);
        }

        if (jobIds is null)
        {
            selection.AddPromotion();
        }
    }

    private JobSelection Of(StoreContext context, string promotionId)
    {
        if (!_selections.TryGetValue((context, promotionId), out JobSelection? selection))
        {
            _selections[(context, promotionId)] = selection = new JobSelection(_names.IsWanted);
        }

        return selection;
    }
}
