using EpPromo.Api;
using EpPromo.Jobs;

namespace EpPromo.Runs.Execution;

/// <summary>
/// Cancels the jobs that interrupted runs of a command have in progress, and counts the outcomes. The user waits for it, so a cancellation
/// that is not confirmed in time counts as failed. Thread-safe.
/// </summary>
internal sealed class RunCanceller
{
    /// <summary>How many pages of lists are requested at the same time, for all runs: what else the command read has been interrupted.</summary>
    private readonly PageConcurrency _pages = new();
    private int _cancelled;
    private int _continuing;
    private int _unobserved;

    /// <summary>How many jobs were cancelled.</summary>
    public int Cancelled => Volatile.Read(ref _cancelled);

    /// <summary>How many jobs could not be cancelled, so that they continue in the store.</summary>
    public int Continuing => Volatile.Read(ref _continuing);

    /// <summary>How many promotions may have an active job that the list has not shown.</summary>
    public int Unobserved => Volatile.Read(ref _unobserved);

    /// <summary>Cancels the job that a run has in progress.</summary>
    /// <param name="run">A run that was interrupted and does nothing more.</param>
    /// <param name="context">What it shares with the other runs in its store.</param>
    /// <param name="cancellationToken">Cancelled when the time for this is over.</param>
    public async Task CancelAsync(RunState run, RunContext context, CancellationToken cancellationToken)
    {
        if (run.ActiveJob is { } known)
        {
            // A promotion has one active job at a time (api-contract.md section 3), so there is no other to find.
            await CancelAsync(known, context, cancellationToken);
        }
        else if (run.MayHaveActiveJob)
        {
            await FindAndCancelAsync(run, context, cancellationToken);
        }
    }

    /// <summary>An interrupted create may have created a job. The list shows it, unless it is lagging.</summary>
    private async Task FindAndCancelAsync(RunState run, RunContext context, CancellationToken cancellationToken)
    {
        List<PromotionJob> ofRun;
        Interlocked.Increment(ref _unobserved);
        try
        {
            ofRun = await JobFinder.ListAsync(
                context.Api.Jobs,
                run.Request.PromotionId,
                JobTypes.Generate,
                job => !job.IsFinished && BatchName.Parse(run.Request.Name, job.Name) is not null,
                _pages,
                cancellationToken);
        }
        catch (Exception e) when (e is EpPromoException or OperationCanceledException)
        {
            return;
        }

        if (ofRun.Count > 0 || run.Phase != RunPhase.CreatingJob)
        {
            Interlocked.Decrement(ref _unobserved);
        }

        foreach (PromotionJob job in ofRun)
        {
            await CancelAsync(job, context, cancellationToken);
        }
    }

    private async Task CancelAsync(PromotionJob job, RunContext context, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _continuing);
        try
        {
            PromotionJob now = await new JobCanceller(context.Api.Jobs, context.Clock).CancelAsync(
                job.PromotionId, job.JobId, cancellationToken);
            Interlocked.Decrement(ref _continuing);
            if (!JobStatuses.IsCompleted(now.Status))
            {
                Interlocked.Increment(ref _cancelled);
            }
        }
        catch (ApiException e) when (e.ErrorId == nameof(SR.JobNotCancellable))
        {
            // It has ended meanwhile, or another client is cancelling it.
            Interlocked.Decrement(ref _continuing);
        }
        catch (Exception e) when (e is EpPromoException or OperationCanceledException)
        {
            // As far as anybody knows, it continues; it is counted so.
        }
    }
}
