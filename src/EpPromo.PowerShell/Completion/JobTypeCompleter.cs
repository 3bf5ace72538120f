namespace EpPromo.PowerShell;

/// <summary>Completes the types of a job. Not a fixed set: the store may know more.</summary>
internal sealed class JobTypeCompleter : WordCompleter
{
    public JobTypeCompleter()
        : base(JobTypes.Generate, JobTypes.Export)
    {
    }
}
