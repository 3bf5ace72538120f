namespace EpPromo.PowerShell;

/// <summary>Completes the statuses of a job. Not a fixed set: the store may know more.</summary>
internal sealed class JobStatusCompleter : WordCompleter
{
    public JobStatusCompleter()
        : base(
            JobStatuses.Pending, JobStatuses.Processing, JobStatuses.Completed, JobStatuses.Failed, JobStatuses.Cancelling,
            JobStatuses.Cancelled)
    {
    }
}
