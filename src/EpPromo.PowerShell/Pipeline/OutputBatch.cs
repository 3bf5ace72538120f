namespace EpPromo.PowerShell.Pipeline;

/// <summary>What the pipeline thread writes at a time: an action, or objects that follow one another.</summary>
/// <param name="Action">The action to run; null for objects.</param>
/// <param name="Objects">The objects; empty for an action.</param>
/// <param name="Variables">The variables of -PipelineVariable to write it with; null if there are none.</param>
internal readonly record struct OutputBatch(Action? Action, IReadOnlyList<object> Objects, object?[]? Variables);
