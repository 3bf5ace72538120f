namespace EpPromo.PowerShell.Pipeline;

/// <summary>The turn of one piece of work in a <see cref="TurnQueue"/>. It comes when the turn before it has ended.</summary>
internal sealed class Turn
{
    private readonly Task _previous;
    private readonly TaskCompletionSource<bool> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The turn after another.</summary>
    /// <param name="previous">Ends when the other turn does.</param>
    public Turn(Task previous) => _previous = previous;

    /// <summary>Ends when this turn does.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Whether it has come.</summary>
    public bool HasCome => _previous.IsCompleted;

    /// <summary>Waits until it has come.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration stop = cancellationToken.Register(() => stopped.TrySetCanceled(cancellationToken));
        await await Task.WhenAny(_previous, stopped.Task);
    }

    /// <summary>Ends it. Can be called before it has come: the next turn comes then.</summary>
    public void End() => _previous.ContinueWith(
        _ => _ended.TrySetResult(true), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
