using EpPromo.Api;
using EpPromo.Jobs.Waiting;
using EpPromo.Time;

namespace EpPromo.Jobs.Creation;

/// <summary>Waits until a promotion is free: the API accepts one active job at a time on a promotion.</summary>
internal sealed class ActiveJobWaiter
{
    /// <summary>
    /// How long to wait before asking the store again, which alone knows what blocks a create: a status that is unknown here may be a final
    /// one.
    /// </summary>
    private static readonly TimeSpan s_maxWait = TimeSpan.FromMinutes(2);

    private readonly IJobApi _api;
    private readonly IClock _clock;
    private readonly JobWaiter _waiter;

    /// <summary>A waiter for the jobs of any promotion.</summary>
    /// <param name="api">The store.</param>
    /// <param name="clock">Time.</param>
    /// <param name="waiter">Waits for single jobs.</param>
    public ActiveJobWaiter(IJobApi api, IClock clock, JobWaiter waiter)
    {
        _api = api;
        _clock = clock;
        _waiter = waiter;
    }

    /// <summary>Waits until the active jobs of a promotion have ended, however they end, or for two minutes.</summary>
    /// <exception cref="EpPromoException">The jobs cannot be read.</exception>
    public async Task WaitAsync(string promotionId, CancellationToken cancellationToken)
    {
        // Page after page, as all that a create or a run reads: pages side by side can take more requests.
        IReadOnlyList<PromotionJob> active =
            await JobFinder.ListAsync(_api, promotionId, null, job => !job.IsFinished, PageConcurrency.One, cancellationToken);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task ended = Task.WhenAll(active.Select(job => _waiter.WaitForAsync(job, stop.Token)));
        await Task.WhenAny(ended, _clock.DelayAsync(s_maxWait, stop.Token));
        stop.Cancel();
        try
        {
            await ended;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is over.
        }
    }
}
