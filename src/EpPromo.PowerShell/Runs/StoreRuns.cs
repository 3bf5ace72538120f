using EpPromo.Runs;

namespace EpPromo.PowerShell.Runs;

/// <summary>What serves the runs of a command in one store.</summary>
/// <param name="Planner">Plans runs.</param>
/// <param name="Confirmation">Shows plans, and asks whether to execute runs.</param>
/// <param name="Execution">Executes runs.</param>
internal sealed record StoreRuns(RunPlanBuilder Planner, RunConfirmation Confirmation, RunExecution Execution);
