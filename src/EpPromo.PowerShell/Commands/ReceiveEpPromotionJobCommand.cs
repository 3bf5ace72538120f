using System.Management.Automation;

namespace EpPromo.PowerShell;

/// <summary>Receive-EpPromotionJob: the codes of a finished export job, as objects.</summary>
[Cmdlet(VerbsCommunications.Receive, "EpPromotionJob", DefaultParameterSetName = JobSet)]
[OutputType("EpPromo.ExportedCode")]
public sealed class ReceiveEpPromotionJobCommand : JobCmdlet
{
    // One job after another, so that rows of two files do not mix.
    private protected override int MaxConcurrency => 1;

    /// <inheritdoc/>
    private protected override void Process(string promotionId, string jobId, PromotionJob? job) =>
        Start(job ?? (object)jobId, async cancellationToken =>
        {
            if (job is not null)
            {
                CheckIsExport(job);
            }

            using Stream file = SpoolFile.Open();
            await Api.DownloadJobFileAsync(promotionId, jobId, file, cancellationToken);
            file.Position = 0;
            foreach (ExportedCode row in Api.ReadExportFile(file))
            {
                Emit(ToObject(row, promotionId, jobId));
            }
        });

    private static void CheckIsExport(PromotionJob job)
    {
        if (!JobStatuses.Is(job.JobType, JobTypes.Export))
        {
            throw new EpPromoException(ErrorKind.BadInput, nameof(SR.NotAnExportJob), job.JobId, job.PromotionId, job.JobType);
        }

        if (JobStatuses.Is(job.Status, JobStatuses.Failed) || JobStatuses.Is(job.Status, JobStatuses.Cancelled))
        {
            throw new EpPromoException(ErrorKind.BadInput, nameof(SR.JobNotCompleted), job.JobId, job.PromotionId, job.Status);
        }
    }

    /// <summary>The file's own columns first, then the ids, so that the row binds to other cmdlets.</summary>
    private static PSObject ToObject(ExportedCode row, string promotionId, string jobId)
    {
        PSObject result = new();
        result.TypeNames.Insert(0, typeof(ExportedCode).FullName);
        for (int i = 0; i < row.Columns.Count; i++)
        {
            result.Properties.Add(new PSNoteProperty(row.Columns[i], row.Values[i]));
        }

        AddUnlessThere(result, "PromotionId", promotionId);
        AddUnlessThere(result, "JobId", jobId);
        return result;
    }

    private static void AddUnlessThere(PSObject row, string name, string value)
    {
        if (row.Properties[name] is null)
        {
            row.Properties.Add(new PSNoteProperty(name, value));
        }
    }
}
