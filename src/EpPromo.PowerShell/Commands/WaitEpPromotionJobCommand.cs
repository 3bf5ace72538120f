using System.Collections.Concurrent;
using System.Management.Automation;
using EpPromo.Jobs.Waiting;
using EpPromo.PowerShell.Parameters;
using EpPromo.PowerShell.Pipeline;
using EpPromo.PowerShell.Sessions;

namespace EpPromo.PowerShell;

/// <summary>Wait-EpPromotionJob: waits for jobs and returns each as it ends.</summary>
[Cmdlet(VerbsLifecycle.Wait, "EpPromotionJob", DefaultParameterSetName = JobSet)]
[OutputType(typeof(PromotionJob))]
public sealed class WaitEpPromotionJobCommand : JobCmdlet
{
    /// <summary>Cancelled when one job has ended, with -Any: the others are no longer waited for.</summary>
    private readonly CancellationTokenSource _anyEnded = new();

    /// <summary>Jobs that have not ended in time, with -Any: errors only if no other job has ended.</summary>
    private readonly ConcurrentQueue<(EpPromoException Error, object Target)> _timedOut = new();

    /// <summary>How many waits have not ended; the input counts as one.</summary>
    private int _waits = 1;
    private CancellationTokenSource? _stop;
    private CommandTimeout _timeout = null!;

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

    private protected override bool UsesWaiter => true;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _timeout = CreateTimeout(Timeout);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(StopToken, _anyEnded.Token);
    }

    /// <inheritdoc/>
    private protected override void ProcessJob(StoreContext context, string promotionId, string jobId, PromotionJob? job)
    {
        object target = job ?? (object)jobId;
        Interlocked.Increment(ref _waits);
        Start(target, async _ =>
        {
            try
            {
                PromotionJob? last = await context.Waiter.WaitUntilAsync(promotionId, jobId, job, _timeout.Token, _stop!.Token);
                if (last is { IsFinished: true })
                {
                    await WriteEndedAsync(last);
                }
                else
                {
                    await ReportTimeoutAsync(TimeoutError(JobWaiter.TimeoutErrorId(last), jobId, promotionId, Timeout), target);
                }
            }
            catch (OperationCanceledException) when (_anyEnded.IsCancellationRequested)
            {
                // With -Any, another job has ended first.
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
        ShowJobProgress(SR.ProgressWaiting);
    }

    /// <inheritdoc/>
    private protected override void OnStopProcessing()
    {
        if (!_anyEnded.IsCancellationRequested)
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
            _stop?.Dispose();
            _anyEnded.Dispose();
        }
    }

    private Task ReportTimeoutAsync(EpPromoException error, object target)
    {
        if (!Any)
        {
            return WriteErrorAsync(error, target);
        }

        _timedOut.Enqueue((error, target));
        return Task.CompletedTask;
    }

    private async Task EndWaitAsync()
    {
        if (Interlocked.Decrement(ref _waits) == 0 && !_anyEnded.IsCancellationRequested)
        {
            foreach ((EpPromoException error, object target) in _timedOut)
            {
                await WriteErrorAsync(error, target);
            }
        }
    }

    private async Task WriteEndedAsync(PromotionJob job)
    {
        if (Any)
        {
            lock (_anyEnded)
            {
                if (_anyEnded.IsCancellationRequested)
                {
                    return;
                }

                _anyEnded.Cancel();
            }
        }

        if (JobStatuses.IsCompleted(job.Status) || AllowFailure)
        {
            await WriteObjectAsync(job);
        }
        else
        {
            await WriteErrorAsync(new JobEndedException(job), job);
        }
    }
}
