using System.Management.Automation;

namespace EpPromo.PowerShell;

/// <summary>Wait-EpPromotionJob: waits for jobs and emits each as it ends.</summary>
[Cmdlet(VerbsLifecycle.Wait, "EpPromotionJob", DefaultParameterSetName = JobSet)]
[OutputType(typeof(PromotionJob))]
public sealed class WaitEpPromotionJobCommand : JobCmdlet
{
    private readonly CancellationTokenSource _enough = new();
    private CancellationTokenSource? _ended;

    /// <summary>
    /// How long to wait for all of the jobs together, in seconds or as a TimeSpan. Each job that has not ended by then is an error; in
    /// the store it goes on.
    /// </summary>
    /// <value>as long as it takes</value>
    [Parameter]
    [Seconds]
    public TimeSpan? Timeout { get; set; }

    /// <summary>Return as soon as one job has ended; the others are left alone.</summary>
    [Parameter]
    public SwitchParameter Any { get; set; }

    /// <summary>Emit failed and cancelled jobs too. Without it they are errors, so that nothing bad flows on to the next command.</summary>
    [Parameter]
    public SwitchParameter AllowFailure { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _ended = CancellationTokenSource.CreateLinkedTokenSource(StartTimeout(Timeout), _enough.Token);
    }

    /// <inheritdoc/>
    private protected override void Process(string promotionId, string jobId, PromotionJob? job)
    {
        JobWaiter waiter = Waiter;
        Start(job ?? (object)jobId, async _ =>
        {
            try
            {
                Deliver(await (job is null
                    ? waiter.WaitForAsync(promotionId, jobId, _ended!.Token)
                    : waiter.WaitForAsync(job, _ended!.Token)));
            }
            catch (OperationCanceledException) when (!StopToken.IsCancellationRequested)
            {
                if (!_enough.IsCancellationRequested)
                {
                    throw new EpPromoException(ErrorKind.Timeout, nameof(SR.WaitTimeout), jobId, promotionId, Timeout);
                }
            }
        });
    }

    /// <inheritdoc/>
    private protected override void Tick()
    {
        if (Waiting is { Total: > 0 } waiting)
        {
            ShowProgress(JobProgress.Of("Waiting for promotion jobs", waiting));
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _ended?.Dispose();
            _enough.Dispose();
        }
    }

    private void Deliver(PromotionJob job)
    {
        if (Any)
        {
            lock (_enough)
            {
                if (_enough.IsCancellationRequested)
                {
                    return;
                }

                _enough.Cancel();
            }
        }

        if (JobStatuses.IsCompleted(job.Status) || AllowFailure)
        {
            EmitJob(job);
        }
        else
        {
            Report(new JobEndedException(job), job);
        }
    }
}
