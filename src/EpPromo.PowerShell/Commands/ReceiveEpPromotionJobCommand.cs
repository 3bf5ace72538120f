using System.Management.Automation;
using EpPromo.Codes;
using EpPromo.Jobs;
using EpPromo.PowerShell.Files;
using EpPromo.PowerShell.Pipeline;
using EpPromo.Text;

namespace EpPromo.PowerShell;

/// <summary>
/// Receive-EpPromotionJob: returns the codes of a completed job as objects: the rows of an export job's file, or the codes that a generate
/// job generated.
/// </summary>
[Cmdlet(VerbsCommunications.Receive, "EpPromotionJob", DefaultParameterSetName = JobSet)]
[OutputType(typeof(PromotionCode))]
public sealed class ReceiveEpPromotionJobCommand : JobCmdlet
{
    // One job at a time, so that the codes of two jobs do not mix.
    private protected override int MaxConcurrency => 1;

    /// <inheritdoc/>
    private protected override void ProcessJob(StoreContext context, string promotionId, string jobId, PromotionJob? job) =>
        Start(job ?? (object)jobId, async cancellationToken =>
        {
            PromotionJob now = job is not null && JobStatuses.IsCompleted(job.Status)
                ? job
                : await JobFinder.GetAsync(context.Api.Jobs, promotionId, jobId, cancellationToken);
            if (now.IsFinished && !JobStatuses.IsCompleted(now.Status))
            {
                throw new JobEndedException(now);
            }

            if (!JobStatuses.IsCompleted(now.Status))
            {
                throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.JobNotCompleted), jobId, promotionId, now.Status);
            }

            await (JobStatuses.Is(now.JobType, JobTypes.Export)
                ? ReceiveFileAsync(context, now, cancellationToken)
                : ReceiveCodesAsync(context, now, cancellationToken));
        });

    private async Task ReceiveFileAsync(StoreContext context, PromotionJob job, CancellationToken cancellationToken)
    {
        using Stream file = SpoolFile.Open();
        await context.Api.Jobs.DownloadJobFileAsync(job.PromotionId, job.JobId, file, cancellationToken);
        file.Position = 0;
        foreach (ExportRow row in context.Store.Connection.ExportFiles.ReadRows(file, job))
        {
            await this.WriteRowAsync(row);
        }
    }

    private async Task ReceiveCodesAsync(StoreContext context, PromotionJob job, CancellationToken cancellationToken)
    {
        HashSet<string> found = new(CodeComparer.Instance);
        await WriteNewAsync();
        TimeSpan lag = LagOf(context, job);

        // A job that does not report how many codes it generated should have generated the requested number. If the store reports neither, no
        // number shows that the list is complete: only time does.
        int? generated = job.Generated ?? job.NumberOfCodes;
        if ((generated is null || generated > found.Count) && lag > TimeSpan.Zero)
        {
            await context.Clock.DelayAsync(lag, cancellationToken);
            await WriteNewAsync();
        }

        if (generated is null)
        {
            await WriteWarningAsync(MessageText.Of(SR.WarningCodeCountUnknown, job.JobId, job.PromotionId, found.Count));
        }
        else if (generated != found.Count)
        {
            string note = job.Generated is null ? SR.WarningCodeCountNotReported : SR.WarningCodeCountMismatch;
            await WriteWarningAsync(MessageText.Of(note, job.JobId, job.PromotionId, generated, found.Count));
        }

        Task WriteNewAsync() => new JobCodeFinder(context.Api.Codes).FindAsync(
            job,
            code => found.Add(code.Text) ? WriteObjectAsync(code) : Task.CompletedTask,
            cancellationToken);
    }

    /// <summary>How long the list of codes may still lag behind the job.</summary>
    private static TimeSpan LagOf(StoreContext context, PromotionJob job)
    {
        TimeSpan window = context.Store.ConsistencyWindow;
        TimeSpan remaining = job.UpdatedAt is { } ended ? ended + window - context.Api.Jobs.ServerTime : window;
        return remaining < window ? remaining : window;
    }
}
