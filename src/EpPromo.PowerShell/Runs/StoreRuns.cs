using EpPromo.Concurrency;
using EpPromo.PowerShell.Pipeline;
using EpPromo.PowerShell.Sessions;
using EpPromo.Runs.Execution;
using EpPromo.Runs.Planning;

namespace EpPromo.PowerShell.Runs;

/// <summary>What serves the runs of a command in one store.</summary>
internal sealed class StoreRuns
{
    /// <summary>What serves the runs in a store.</summary>
    /// <param name="context">The store.</param>
    /// <param name="cmdlet">Writes the output.</param>
    /// <param name="limit">Limits how many runs work at once, in all stores.</param>
    /// <param name="timeout">The time that the command may take.</param>
    /// <param name="confirmation">Shows plans, and asks whether to execute runs.</param>
    public StoreRuns(
        StoreContext context, StreamingCmdlet cmdlet, ConcurrencyLimit limit, CommandTimeout timeout, RunConfirmation confirmation)
    {
        RunContext shared = context.CreateRunContext(limit);
        Planner = new RunPlanBuilder(shared, context.Store.MaxRequestsPerSecond, context.Pages);
        Confirmation = confirmation;
        Execution = new RunExecution(cmdlet, shared, context.CreateOwnCodeExport(), timeout);
    }

    /// <summary>The runs so far. Stores can have promotions of the same id.</summary>
    public RequestedRuns Requested { get; } = new();

    /// <summary>Plans runs.</summary>
    public RunPlanBuilder Planner { get; }

    /// <summary>Shows plans, and asks whether to execute runs.</summary>
    public RunConfirmation Confirmation { get; }

    /// <summary>Executes runs.</summary>
    public RunExecution Execution { get; }
}
