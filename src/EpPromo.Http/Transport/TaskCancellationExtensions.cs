namespace EpPromo.Http.Transport;

/// <summary>
/// Stops waiting for work that does not notice a cancellation, or not soon: reads of .NET Framework, and work that other callers
/// wait for too. Ctrl+C must end a call within 250 ms (docs/guarantees.md).
/// </summary>
internal static class TaskCancellationExtensions
{
    /// <summary>
    /// The result, or <see cref="OperationCanceledException"/> as soon as <paramref name="cancellationToken"/> is cancelled. The work itself
    /// continues: a later result is passed to <paramref name="disposeLate"/>, a later error is ignored.
    /// </summary>
    public static async Task<T> WaitAsync<T>(this Task<T> work, CancellationToken cancellationToken, Action<T>? disposeLate = null)
    {
        if (work.IsCompleted)
        {
            return await work;
        }

        TaskCompletionSource<bool> cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.Register(state => ((TaskCompletionSource<bool>)state!).TrySetResult(true), cancelled))
        {
            if (await Task.WhenAny(work, cancelled.Task) == work)
            {
                return await work;
            }
        }

        _ = work.ContinueWith(
            ended =>
            {
                // Reading the exception marks it as observed.
                if (ended.Exception is null && !ended.IsCanceled)
                {
                    disposeLate?.Invoke(ended.Result);
                }
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        throw new OperationCanceledException(cancellationToken);
    }
}
