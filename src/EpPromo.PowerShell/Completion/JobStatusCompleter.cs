namespace EpPromo.PowerShell.Completion;

/// <summary>Completes the statuses of a job.</summary>
internal sealed class JobStatusCompleter : WordCompleter
{
    public JobStatusCompleter()
        : base(JobStatuses.All)
    {
    }
}
