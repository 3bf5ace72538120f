using System.Management.Automation;
using System.Management.Automation.Host;
using EpPromo.PowerShell.Progress;
using EpPromo.PowerShell.Sessions;
using EpPromo.Runs;
using EpPromo.Runs.Execution;

namespace EpPromo.PowerShell.Runs;

/// <summary>
/// The runs of a command in all of its stores: what serves them, how far they are, and what happens to them at Ctrl+C. On the pipeline
/// thread, except <see cref="Interrupt"/>.
/// </summary>
internal sealed class CommandRuns : IDisposable
{
    private readonly Func<StoreContext, StoreRuns> _create;

    /// <summary>Also used by the thread that stops the pipeline, so under a lock.</summary>
    private readonly Dictionary<StoreContext, StoreRuns> _stores = [];
    private RunProgress? _progress;
    private RunInterruption? _interruption;

    /// <summary>No runs yet.</summary>
    /// <param name="create">Callback: creates what serves the runs in a store.</param>
    public CommandRuns(Func<StoreContext, StoreRuns> create) => _create = create;

    /// <summary>Whether a run has started and has not ended.</summary>
    public bool IsAnyOpen => _progress is { IsAnyOpen: true };

    /// <summary>What serves the runs in a store.</summary>
    public StoreRuns In(StoreContext context)
    {
        lock (_stores)
        {
            return _stores.TryGetValue(context, out StoreRuns? runs) ? runs : _stores[context] = _create(context);
        }
    }

    /// <summary>Adds a run that starts now.</summary>
    /// <param name="context">Its store.</param>
    /// <param name="request">The run.</param>
    /// <param name="throttleLimit">How many promotions are processed at the same time.</param>
    public RunState Add(StoreContext context, CodeRunRequest request, int throttleLimit)
    {
        TimeSpan finalCheck = request.IsNameGenerated ? TimeSpan.Zero : context.Store.ConsistencyWindow;
        _progress ??= new RunProgress(request.Name, throttleLimit, finalCheck, context.Clock);
        RunState run = new(request, context.Clock.UtcNow);
        _progress.Add(run);
        return run;
    }

    /// <summary>Shows how far the runs are that have started.</summary>
    public void ShowProgress(Action<ProgressRecord> show) => _progress?.Show(show);

    /// <summary>Shows the totals of the plans of each store.</summary>
    public void ShowPlanTotals()
    {
        foreach (StoreRuns runs in _stores.Values)
        {
            runs.Confirmation.ShowTotal();
        }
    }

    /// <summary>Called at Ctrl+C, before the runs are cancelled.</summary>
    /// <param name="ui">Where to show how to resume them.</param>
    /// <param name="name">The runs' name.</param>
    /// <param name="stopJobs">Whether to cancel their jobs.</param>
    public void Interrupt(PSHostUserInterface? ui, string name, bool stopJobs)
    {
        if (_progress is null)
        {
            return;
        }

        _interruption = new RunInterruption(ui, name, stopJobs);
        lock (_stores)
        {
            foreach (StoreRuns runs in _stores.Values)
            {
                runs.Execution.Interrupt(_interruption);
            }
        }
    }

    /// <summary>Ends the interruption, if there was one. Called when all runs have ended.</summary>
    public void Dispose() => _interruption?.Dispose();
}
