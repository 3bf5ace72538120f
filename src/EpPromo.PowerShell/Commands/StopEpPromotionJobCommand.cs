using System.Management.Automation;
using EpPromo.Jobs;
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
        string target = MessageText.Of(SR.ConfirmJob, jobId, promotionId);
        bool isConfirmGiven = MyInvocation.BoundParameters.TryGetValue("Confirm", out object? confirm) && confirm is SwitchParameter { IsPresent: true };
        bool shouldAsk = !Force || isConfirmGiven || IsWhatIf;
        if (shouldAsk && !ShouldProcess(target, SR.ConfirmCancelJob))
        {
            return;
        }

        Start(job ?? (object)jobId, async cancellationToken =>
        {
            PromotionJob stopped = await new JobCanceller(context.Api.Jobs, context.Clock).CancelAsync(promotionId, jobId, cancellationToken);
            await WriteObjectAsync(Wait ? await context.Waiter.WaitForAsync(stopped, cancellationToken) : stopped);
        });
    }

    /// <inheritdoc/>
    private protected override void UpdateProgress() => ShowJobProgress(SR.ProgressCancelling);

    /// <inheritdoc/>
    private protected override void OnStopProcessing() => WarnOfUnfinishedJobs();
}
