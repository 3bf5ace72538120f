namespace EpPromo.PowerShell.Pipeline;

/// <summary>One piece of output of work: an object, or an action that runs on the pipeline thread and, for example, writes an error.</summary>
internal readonly record struct OutputItem
{
    /// <summary>An object to write.</summary>
    public OutputItem(object value) => Value = value;

    /// <summary>An action to run.</summary>
    public OutputItem(Action action) => Action = action;

    /// <summary>The object; null for an action.</summary>
    public object? Value { get; }

    /// <summary>The action; null for an object.</summary>
    public Action? Action { get; }

    /// <summary>The variables of -PipelineVariable to write it with; null if there are none.</summary>
    public object?[]? Variables { get; init; }
}
