namespace EpPromo.PowerShell.Pipeline;

/// <summary>
/// What runs on the pool for one pipeline, so that its end can be waited for. Counted, not listed: so many inputs may come that looking
/// through a list at each would take longer than the work.
/// </summary>
internal sealed class BackgroundWork
{
    /// <summary>All work heeds cancellation at once; this is for the day it does not.</summary>
    private static readonly TimeSpan JoinLimit = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource<bool> _ended = new();

    /// <summary>What has not ended; the pipeline counts as one until it is over.</summary>
    private int _open = 1;
    private int _joined;

    /// <summary>Starts <paramref name="work"/> on the pool.</summary>
    public void Start(Func<Task> work)
    {
        Interlocked.Increment(ref _open);
        Task.Run(async () =>
        {
            try
            {
                await work();
            }
            finally
            {
                EndOne();
            }
        });
    }

    /// <summary>Waits, on the calling thread, until all has ended. The pipeline is over: nothing starts after it.</summary>
    public void Join()
    {
        if (Interlocked.Exchange(ref _joined, 1) == 0)
        {
            EndOne();
        }

        _ended.Task.Wait(JoinLimit);
    }

    private void EndOne()
    {
        if (Interlocked.Decrement(ref _open) == 0)
        {
            _ended.TrySetResult(true);
        }
    }
}
