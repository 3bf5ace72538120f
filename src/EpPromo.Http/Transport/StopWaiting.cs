namespace EpPromo.Http;

/// <summary>
/// Stops waiting for work that does not notice a cancellation by itself, or not soon: reads of .NET Framework, work that others
/// wait for too. Ctrl+C has to end a call within 250 ms (docs/guarantees.md).
/// </summary>
internal static class StopWaiting
{
    /// <summary>
    /// The result, or <see cref="OperationCanceledException"/> as soon as the token says so. A result that comes later is handed to
    /// <paramref name="late"/>, to be disposed of; an error that comes later was not waited for.
    /// </summary>
    public static async Task<T> OrCancelled<T>(this Task<T> work, CancellationToken cancellationToken, Action<T>? late = null)
    {
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
                // Reading the exception marks it as seen, so that it does not turn up as an unobserved one.
                if (ended.Exception is null && !ended.IsCanceled)
                {
                    late?.Invoke(ended.Result);
                }
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        throw new OperationCanceledException(cancellationToken);
    }
}
