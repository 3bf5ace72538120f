using EpPromo.Codes.Changes;
using EpPromo.Concurrency;
using EpPromo.Jobs.Creation;
using EpPromo.Jobs.Waiting;
using EpPromo.Stores;
using EpPromo.Time;

namespace EpPromo.Runs.Execution;

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
    public Task YieldAsync(RunState run, Func<Task> wait, DateTimeOffset? resumesAt, CancellationToken cancellationToken) =>
        YieldWhileAsync(run, () => Limit.ReleaseWhileAsync(wait), resumesAt, cancellationToken);

    /// <summary>
    /// Between two batches: lets other runs create theirs first, when the last ones would otherwise be left over at the end
    /// (<see cref="ConcurrencyLimit.TakeTurnAsync"/>).
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Interrupts the run, which then stays yielded.</param>
    /// <returns>Whether it has waited, perhaps for minutes.</returns>
    public async Task<bool> TakeTurnAsync(RunState run, CancellationToken cancellationToken)
    {
        bool hasWaited = false;
        await YieldWhileAsync(run, async () => hasWaited = await Limit.TakeTurnAsync(), resumesAt: null, cancellationToken);
        return hasWaited;
    }

    private static async Task YieldWhileAsync(RunState run, Func<Task> wait, DateTimeOffset? resumesAt, CancellationToken cancellationToken)
    {
        run.Yield(resumesAt);
        await wait();

        // The run may get its place long after it was interrupted.
        cancellationToken.ThrowIfCancellationRequested();
        run.Resume();
    }
}
