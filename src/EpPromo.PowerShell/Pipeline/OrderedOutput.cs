namespace EpPromo.PowerShell.Pipeline;

/// <summary>The output of one piece of work in an <see cref="OutputOrder"/>. It may be written when the one before it has ended.</summary>
internal sealed class OrderedOutput
{
    private readonly Task _previous;
    private readonly TaskCompletionSource<bool> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The output after another.</summary>
    /// <param name="previous">Ends when the other output does.</param>
    public OrderedOutput(Task previous) => _previous = previous;

    /// <summary>Ends when this output does.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Whether it may be written.</summary>
    public bool IsNext => _previous.IsCompleted;

    /// <summary>Waits until it may be written.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration stop = cancellationToken.Register(() => stopped.TrySetCanceled(cancellationToken));
        await await Task.WhenAny(_previous, stopped.Task);
    }

    /// <summary>Ends it. Can be called before it may be written: then it ends with the one before.</summary>
    public void End() => _previous.ContinueWith(
        _ => _ended.TrySetResult(true), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
