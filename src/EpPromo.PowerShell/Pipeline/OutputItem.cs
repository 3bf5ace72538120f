namespace EpPromo.PowerShell.Pipeline;

/// <summary>A piece of output of work: objects, or an action that runs on the pipeline thread and, for example, writes an error.</summary>
internal readonly record struct OutputItem
{
    /// <summary>Objects to write, in order; at least one.</summary>
    public OutputItem(IReadOnlyList<object> objects) => Objects = objects;

    /// <summary>An action to run.</summary>
    public OutputItem(Action action) => Action = action;

    /// <summary>The objects; null for an action.</summary>
    public IReadOnlyList<object>? Objects { get; }

    /// <summary>The action; null for objects.</summary>
    public Action? Action { get; }

    /// <summary>The variables of -PipelineVariable to write it with; null if there are none.</summary>
    public object?[]? Variables { get; init; }
}
