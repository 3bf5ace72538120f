using EpPromo.Jobs;
using EpPromo.Time;

namespace EpPromo.Runs;

/// <summary>
/// Cancels what runs that were broken off have at work in the store, and counts what came of it: what is not done yet counts as not
/// cancelled, for who asks does not wait for ever. For any thread.
/// </summary>
internal sealed class RunCanceller
{
    private readonly IJobApi _api;
    private readonly JobCanceller _canceller;
    private int _cancelled;
    private int _goingOn;
    private int _unknown;

    /// <summary>A canceller through <paramref name="api"/>.</summary>
    public RunCanceller(IJobApi api, IClock clock)
    {
        _api = api;
        _canceller = new JobCanceller(api, clock);
    }

    /// <summary>How many jobs were cancelled.</summary>
    public int Cancelled => Volatile.Read(ref _cancelled);

    /// <summary>How many jobs could not be cancelled, so that they go on.</summary>
    public int GoingOn => Volatile.Read(ref _goingOn);

    /// <summary>On how many promotions a job can be at work that was not seen.</summary>
    public int Unknown => Volatile.Read(ref _unknown);

    /// <summary>Cancels what a run has at work on its promotion.</summary>
    /// <param name="request">The run.</param>
    /// <param name="state">Where it was broken off: it does nothing more.</param>
    /// <param name="cancellationToken">Ends the time for it.</param>
    public async Task CancelAsync(CodeRunRequest request, RunState state, CancellationToken cancellationToken)
    {
        if (state.ActiveJob is { } known)
        {
            // A promotion has one job at work at a time, so there is no other to look for.
            await CancelAsync(known, cancellationToken);
        }
        else if (state.MayHaveJob)
        {
            await FindAndCancelAsync(request, state, cancellationToken);
        }
    }

    /// <summary>A create that was under way has made a job or not: the list tells, if it shows it yet.</summary>
    private async Task FindAndCancelAsync(CodeRunRequest request, RunState state, CancellationToken cancellationToken)
    {
        PromotionJob[] own;
        Interlocked.Increment(ref _unknown);
        try
        {
            IReadOnlyList<PromotionJob> active =
                await JobFinder.FindActiveAsync(_api, request.PromotionId, JobTypes.Generate, cancellationToken);
            own = [.. active.Where(job => BatchName.Parse(request.Name, job.Name) is not null)];
        }
        catch (Exception e) when (e is EpPromoException or OperationCanceledException)
        {
            return;
        }

        if (own.Length > 0 || !state.IsCreating)
        {
            Interlocked.Decrement(ref _unknown);
        }

        foreach (PromotionJob job in own)
        {
            await CancelAsync(job, cancellationToken);
        }
    }

    private async Task CancelAsync(PromotionJob job, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _goingOn);
        try
        {
            PromotionJob now = await _canceller.CancelAsync(job.PromotionId, job.JobId, cancellationToken);
            Interlocked.Decrement(ref _goingOn);
            if (!JobStatuses.IsCompleted(now.Status))
            {
                Interlocked.Increment(ref _cancelled);
            }
        }
        catch (ApiException e) when (e.ErrorId == nameof(SR.JobNotCancellable))
        {
            // It has ended in the meantime, or somebody else is cancelling it.
            Interlocked.Decrement(ref _goingOn);
        }
        catch (Exception e) when (e is EpPromoException or OperationCanceledException)
        {
            // It goes on, as far as anybody knows.
        }
    }
}
