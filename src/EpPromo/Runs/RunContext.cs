using EpPromo.Codes.Changes;
using EpPromo.Concurrency;
using EpPromo.Jobs.Creation;
using EpPromo.Jobs.Waiting;
using EpPromo.Stores;
using EpPromo.Time;

namespace EpPromo.Runs;

/// <summary>What all runs of one command share.</summary>
/// <param name="Api">The store.</param>
/// <param name="Clock">The time.</param>
/// <param name="Creator">Creates jobs exactly once.</param>
/// <param name="Waiter">Waits for jobs.</param>
/// <param name="Remover">Removes codes.</param>
/// <param name="Limit">Limits how many runs work at once; each of them holds one place while it works.</param>
/// <param name="ConsistencyWindow">How long lists may lag behind (docs/guarantees.md, "Assumptions").</param>
internal sealed record RunContext(
    StoreApi Api, IClock Clock, JobCreator Creator, JobWaiter Waiter, CodeRemover Remover, ConcurrencyLimit Limit, TimeSpan ConsistencyWindow)
{
    /// <summary>Waits without holding a place under the concurrency limit, so that another run can work meanwhile.</summary>
    /// <param name="run">The run that has to wait.</param>
    /// <param name="wait">Callback: the wait.</param>
    /// <param name="resumesAt">When the wait ends, if that is known; for progress bars.</param>
    /// <param name="cancellationToken">Interrupts the run, which then stays yielded.</param>
    public async Task YieldAsync(RunState run, Func<Task> wait, DateTimeOffset? resumesAt, CancellationToken cancellationToken)
    {
        run.Yield(resumesAt);
        await Limit.ReleaseWhileAsync(wait);

        // The place may become free long after the wait is over.
        cancellationToken.ThrowIfCancellationRequested();
        run.Resume();
    }

    /// <summary>
    /// Between two batches: lets other runs create theirs first, when the last ones would otherwise be left over at the end
    /// (<see cref="ConcurrencyLimit.TakeTurnAsync"/>).
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Interrupts the run, which then stays yielded.</param>
    /// <returns>Whether it has waited, perhaps for minutes.</returns>
    public async Task<bool> TakeTurnAsync(RunState run, CancellationToken cancellationToken)
    {
        run.Yield(resumesAt: null);
        bool hasWaited = await Limit.TakeTurnAsync();
        cancellationToken.ThrowIfCancellationRequested();
        run.Resume();
        return hasWaited;
    }
}
