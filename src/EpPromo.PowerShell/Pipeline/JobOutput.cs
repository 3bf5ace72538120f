using System.Management.Automation;

namespace EpPromo.PowerShell.Pipeline;

/// <summary>The output of jobs that may belong to several promotions: their table has a column for the promotion.</summary>
internal static class JobOutput
{
    /// <summary>The type name of the view with that column (EpPromo.Format.ps1xml).</summary>
    private const string MixedJob = "EpPromo.PromotionJob#Mixed";

    /// <summary>Writes a job. For work.</summary>
    public static Task WriteJobAsync(this StreamingCmdlet cmdlet, PromotionJob job) => cmdlet.PostAsync(() => cmdlet.WriteObject(RowOf(job)));

    /// <summary>On the pipeline thread: the engine keeps the type names of each object, and the same job may be written twice.</summary>
    private static PSObject RowOf(PromotionJob job)
    {
        PSObject row = new(job);
        if (row.TypeNames[0] != MixedJob)
        {
            row.TypeNames.Insert(0, MixedJob);
        }

        return row;
    }
}
