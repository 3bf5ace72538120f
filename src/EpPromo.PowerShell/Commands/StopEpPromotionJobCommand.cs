using System.Management.Automation;
using EpPromo.Jobs;
using EpPromo.PowerShell.Sessions;
using EpPromo.Promotions;
using EpPromo.Text;

namespace EpPromo.PowerShell;

/// <summary>Stop-EpPromotionJob: cancels jobs; the store may delete the codes that they have generated.</summary>
[Cmdlet(VerbsLifecycle.Stop, "EpPromotionJob", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = JobSet)]
[OutputType(typeof(PromotionJob))]
public sealed class StopEpPromotionJobCommand : JobCmdlet
{
    /// <summary>Wait until the job has ended: cancelled, or completed if it was faster.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>Do not ask for confirmation. With -Confirm, the command asks anyway.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override int MaxConcurrency => 16;

    private protected override bool UsesWaiter => Wait;

    /// <inheritdoc/>
    private protected override void ProcessJob(StoreContext context, string promotionId, string jobId, PromotionJob? job)
    {
        // A job that is given by its id is read only for a question, which shows what the job is.
        PromotionJob? shown = job ?? (Asks(Force) ? Await(stop => JobFinder.GetAsync(context.Api.Jobs, promotionId, jobId, stop)) : null);
        if (!Confirm(context, promotionId, jobId, shown))
        {
            return;
        }

        Start(job ?? (object)jobId, async cancellationToken =>
        {
            PromotionJob stopped = await new JobCanceller(context.Api.Jobs, context.Clock).CancelAsync(promotionId, jobId, cancellationToken);
            await WriteObjectAsync(Wait ? await context.Waiter.WaitForAsync(stopped, cancellationToken) : stopped);
        });
    }

    private bool Confirm(StoreContext context, string promotionId, string jobId, PromotionJob? job)
    {
        string name = job?.Name is { Length: > 0 } known ? MessageText.Of(SR.DetailNamedId, known, jobId) : jobId;
        PromotionIdentity promotion = job is null
            ? context.Directory.Identify(promotionId)
            : new PromotionIdentity(promotionId, job.PromotionName, null);
        return ShouldProcessUnlessForced(
            DisplayText.Clean(MessageText.Of(SR.ConfirmJob, name, context.Directory.Describe(promotion))),
            job?.NumberOfCodes is { } codes ? MessageText.Of(SR.ConfirmCancelGenerateJob, codes) : SR.ConfirmCancelJob,
            Force);
    }

    /// <inheritdoc/>
    private protected override void UpdateProgress() => ShowJobProgress(SR.ProgressCancelling);

    /// <inheritdoc/>
    private protected override void OnStopProcessing() => WarnOfUnfinishedJobs();
}
