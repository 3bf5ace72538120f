using System.Collections.Concurrent;
using System.Management.Automation;
using EpPromo.Jobs.Waiting;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Progress;

namespace EpPromo.PowerShell;

/// <summary>Wait-EpPromotionJob: waits for jobs and returns each as it ends.</summary>
[Cmdlet(VerbsLifecycle.Wait, "EpPromotionJob", DefaultParameterSetName = JobSet)]
[OutputType(typeof(PromotionJob))]
public sealed class WaitEpPromotionJobCommand : JobCmdlet
{
    /// <summary>Cancelled when -Any has its job; the others are left alone from then on.</summary>
    private readonly CancellationTokenSource _enough = new();

    /// <summary>Jobs that -Any got no end of in time: errors, but only when no other job has ended either.</summary>
    private readonly ConcurrentQueue<(EpPromoException Error, object Target)> _late = new();

    /// <summary>How many waits are open, the input counted as one.</summary>
    private int _open = 1;
    private CancellationTokenSource? _ended;
    private CancellationToken _timeUp;

    /// <summary>
    /// The maximum time to wait for all jobs together, in seconds or as a TimeSpan. The time starts when the first input reaches the
    /// command. A job that has not ended by then is an error, and continues in the store. Each job is polled at least once; with 0,
    /// exactly once.
    /// </summary>
    /// <value>no limit</value>
    [Parameter]
    [SecondsTransformation]
    public TimeSpan? Timeout { get; set; }

    /// <summary>Return as soon as one job has ended. The other jobs continue.</summary>
    [Parameter]
    public SwitchParameter Any { get; set; }

    /// <summary>
    /// Return failed and cancelled jobs, too. Without this switch, they are errors, so that they do not reach the next command.
    /// </summary>
    [Parameter]
    public SwitchParameter AllowFailure { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _timeUp = CreateTimeout(Timeout);
        _ended = CancellationTokenSource.CreateLinkedTokenSource(StopToken, _enough.Token);
    }

    /// <inheritdoc/>
    private protected override void ProcessJob(string promotionId, string jobId, PromotionJob? job)
    {
        JobWaiter waiter = Waiter;
        object target = job ?? (object)jobId;
        Interlocked.Increment(ref _open);
        Start(target, async _ =>
        {
            try
            {
                PromotionJob? last = await waiter.WaitUntilAsync(promotionId, jobId, job, _timeUp, _ended!.Token);
                if (last is { IsFinished: true })
                {
                    await DeliverAsync(last);
                }
                else
                {
                    string errorId = last is null ? nameof(SR.JobNotSeen) : nameof(SR.WaitTimeout);
                    await ReportLateAsync(new EpPromoException(ErrorKind.Timeout, errorId, jobId, promotionId, Timeout), target);
                }
            }
            catch (OperationCanceledException) when (_enough.IsCancellationRequested)
            {
                // Another job has ended first.
            }
            finally
            {
                await EndWaitAsync();
            }
        });
    }

    /// <inheritdoc/>
    private protected override void OnEndProcessing() => Start(null, _ => EndWaitAsync());

    /// <inheritdoc/>
    private protected override void UpdateProgress()
    {
        if (Waiting is { Total: > 0 } waiting)
        {
            ShowProgress(JobProgress.Of(SR.ProgressWaiting, waiting));
        }
    }

    /// <inheritdoc/>
    private protected override void OnStopProcessing()
    {
        if (!_enough.IsCancellationRequested)
        {
            WarnOfUnfinishedJobs();
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

    private Task ReportLateAsync(EpPromoException error, object target)
    {
        if (!Any)
        {
            return WriteErrorAsync(error, target);
        }

        _late.Enqueue((error, target));
        return Task.CompletedTask;
    }

    private async Task EndWaitAsync()
    {
        if (Interlocked.Decrement(ref _open) == 0 && !_enough.IsCancellationRequested)
        {
            foreach ((EpPromoException error, object target) in _late)
            {
                await WriteErrorAsync(error, target);
            }
        }
    }

    private async Task DeliverAsync(PromotionJob job)
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
            await WriteJobAsync(job);
        }
        else
        {
            await WriteErrorAsync(new JobEndedException(job), job);
        }
    }
}
