using EpPromo.Concurrency;

namespace EpPromo.PowerShell.Pipeline;

/// <summary>
/// The work that one pipeline runs on the thread pool: started in order, limited, counted, and joined at the end. It is counted rather than
/// listed: with many inputs, searching a list for each of them would take longer than the work.
/// </summary>
internal sealed class BackgroundWork
{
    /// <summary>All work ends at once when it is cancelled; this limit is for a defect.</summary>
    private static readonly TimeSpan s_joinLimit = TimeSpan.FromSeconds(5);

    private readonly CancellationToken _stop;
    private readonly Action _onIdle;
    private readonly TaskCompletionSource<bool> _joined = new();

    /// <summary>Pieces of work that have not ended, services excluded.</summary>
    private int _pending;

    /// <summary>All that has not ended; the pipeline itself counts as one until <see cref="Join"/>.</summary>
    private int _running = 1;
    private int _isJoining;

    /// <summary>The work of a pipeline.</summary>
    /// <param name="onIdle">Called when the last pending piece of work has ended; again after more has started and ended.</param>
    /// <param name="stop">Cancelled when the pipeline ends before the work does.</param>
    public BackgroundWork(Action onIdle, CancellationToken stop)
    {
        _stop = stop;
        _onIdle = onIdle;
    }

    /// <summary>How many pieces of work have not ended.</summary>
    public int Pending => Volatile.Read(ref _pending);

    /// <summary>Starts a piece of work.</summary>
    /// <param name="limit">How many run at once; they start in the order of these calls.</param>
    /// <param name="work">The work.</param>
    /// <param name="onError">Callback: receives what the work threw, unless the pipeline has ended.</param>
    public void Start(ConcurrencyLimit limit, Func<CancellationToken, Task> work, Func<Exception, Task> onError)
    {
        Interlocked.Increment(ref _pending);

        // On the caller's thread, to keep the order of the calls.
        Task entered = limit.WaitAsync(_stop);
        Run(() => RunAsync(entered, limit, work, onError));
    }

    /// <summary>Starts a service: it serves the other work until the pipeline ends, and is not <see cref="Pending"/>.</summary>
    /// <param name="work">The work.</param>
    /// <param name="onError">Callback: receives what the work threw, unless the pipeline has ended.</param>
    public void StartService(Func<CancellationToken, Task> work, Func<Exception, Task> onError) => Run(() => RunServiceAsync(work, onError));

    /// <summary>Blocks the calling thread until everything has ended. Called when the pipeline has ended: nothing may start afterwards.</summary>
    public void Join()
    {
        if (Interlocked.Exchange(ref _isJoining, 1) == 0)
        {
            EndOne();
        }

        _joined.Task.Wait(s_joinLimit);
    }

    private async Task RunAsync(Task entered, ConcurrencyLimit limit, Func<CancellationToken, Task> work, Func<Exception, Task> onError)
    {
        try
        {
            await entered;
            try
            {
                await work(_stop);
            }
            catch (Exception e) when (!_stop.IsCancellationRequested)
            {
                await onError(e);
            }
            finally
            {
                limit.Release();
            }
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // The user or a later command has ended the pipeline: errors can no longer be written.
        }
        finally
        {
            if (Interlocked.Decrement(ref _pending) == 0)
            {
                _onIdle();
            }
        }
    }

    private async Task RunServiceAsync(Func<CancellationToken, Task> work, Func<Exception, Task> onError)
    {
        try
        {
            await work(_stop);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The normal end of a service.
        }
        catch (Exception e) when (!_stop.IsCancellationRequested)
        {
            await onError(e);
        }
    }

    private void Run(Func<Task> work)
    {
        Interlocked.Increment(ref _running);
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

    private void EndOne()
    {
        if (Interlocked.Decrement(ref _running) == 0)
        {
            _joined.TrySetResult(true);
        }
    }
}
