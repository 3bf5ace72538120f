namespace EpPromo.PowerShell.Completion;

/// <summary>Completes the types of a job.</summary>
internal sealed class JobTypeCompleter : WordCompleter
{
    public JobTypeCompleter()
        : base(JobTypes.All)
    {
    }
}
