using System.Management.Automation;
using EpPromo.Jobs;
using EpPromo.PowerShell.Pipeline;
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
        if (Asks && !Confirm(context, job ?? Await(cancellationToken => JobFinder.GetAsync(context.Api.Jobs, promotionId, jobId, cancellationToken))))
        {
            return;
        }

        Start(job ?? (object)jobId, async cancellationToken =>
        {
            PromotionJob stopped = await new JobCanceller(context.Api.Jobs, context.Clock).CancelAsync(promotionId, jobId, cancellationToken);
            await WriteObjectAsync(Wait ? await context.Waiter.WaitForAsync(stopped, cancellationToken) : stopped);
        });
    }

    /// <summary>
    /// Whether to ask. If not, a job that is given by its id is not read first: the question shows what the job is.
    /// </summary>
    private bool Asks => IsWhatIf || Confirmation.WillAsk(this, Force);

    private bool Confirm(StoreContext context, PromotionJob job)
    {
        string name = job.Name.Length > 0 ? MessageText.Of(SR.DetailNamedId, job.Name, job.JobId) : job.JobId;
        string promotion = context.Directory.Describe(new PromotionIdentity(job.PromotionId, job.PromotionName, null));
        return ShouldProcess(
            DisplayText.Clean(MessageText.Of(SR.ConfirmJob, name, promotion)),
            job.NumberOfCodes is { } codes ? MessageText.Of(SR.ConfirmCancelGenerateJob, codes) : SR.ConfirmCancelJob);
    }

    /// <inheritdoc/>
    private protected override void UpdateProgress() => ShowJobProgress(SR.ProgressCancelling);

    /// <inheritdoc/>
    private protected override void OnStopProcessing() => WarnOfUnfinishedJobs();
}
