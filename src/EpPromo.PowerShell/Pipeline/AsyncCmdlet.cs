using System.Diagnostics;
using EpPromo.Concurrency;

namespace EpPromo.PowerShell.Pipeline;

/// <summary>
/// A cmdlet whose work runs on the thread pool while its output streams: ProcessRecord starts work and writes what is ready, EndProcessing
/// writes what is left. If the user or a later command stops the pipeline, the work is cancelled and joined.
/// </summary>
public abstract class AsyncCmdlet : StreamingCmdlet, IDisposable
{
    private static readonly TimeSpan s_progressInterval = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _stop = new();
    private readonly BackgroundWork _work;
    private readonly OutputOrder _order = new();
    private readonly Stopwatch _sinceProgress = Stopwatch.StartNew();
    private ConcurrencyLimit? _limit;
    private bool _hasInput;

    private protected AsyncCmdlet() => _work = new BackgroundWork(WakeDrain, _stop.Token);

    /// <inheritdoc/>
    private protected sealed override CancellationToken StopToken => _stop.Token;

    /// <summary>How many pieces of work run at the same time.</summary>
    private protected virtual int MaxConcurrency => int.MaxValue;

    /// <summary>Limits the work to <see cref="MaxConcurrency"/>. Work that can only wait may release it meanwhile.</summary>
    private protected ConcurrencyLimit Limit => _limit ??= new ConcurrencyLimit(MaxConcurrency);

    /// <summary>How many pieces of work have not ended.</summary>
    private protected int PendingWork => _work.Pending;

    /// <summary>The target of an error thrown by <see cref="ProcessInput"/>.</summary>
    private protected virtual object? ErrorTarget => null;

    /// <summary>
    /// Called before the first input object is processed. In a pipeline, that can be long after BeginProcessing: the commands before this one
    /// have to create their first output.
    /// </summary>
    private protected virtual void OnFirstInput()
    {
    }

    /// <summary>Called at the end of a pipeline that gave no input. On the pipeline thread.</summary>
    private protected virtual void OnNoInput()
    {
    }

    /// <summary>Called when the command has written all output. On the pipeline thread.</summary>
    private protected virtual void OnEnded()
    {
    }

    /// <summary>Processes one input object: checks it and starts work for it. On the pipeline thread.</summary>
    private protected virtual void ProcessInput()
    {
    }

    /// <summary>Called after the last input object, before the remaining output is written. On the pipeline thread.</summary>
    private protected virtual void OnEndProcessing()
    {
    }

    /// <summary>Called a few times a second while there is input or work. On the pipeline thread.</summary>
    private protected virtual void UpdateProgress()
    {
    }

    /// <summary>Called when the user stops the pipeline, on a thread of its own. The pipeline accepts no more output.</summary>
    private protected virtual void OnStopProcessing()
    {
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => JoinOnFailure(() =>
    {
        if (!_hasInput)
        {
            _hasInput = true;
            OnFirstInput();
        }

        try
        {
            WithInput(ProcessInput);
        }
        catch (EpPromoException e)
        {
            ShowError(ErrorRecords.From(e, ErrorTarget, ErrorTarget is string[] texts ? string.Join(", ", texts) : null));
        }

        Drain();
        UpdateProgressWhenDue();
    });

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => JoinOnFailure(() =>
    {
        if (!_hasInput)
        {
            OnNoInput();
        }

        OnEndProcessing();
        DrainAll();
        ShowOmittedLines();
        HideProgress();
        OnEnded();
    });

    /// <inheritdoc/>
    protected sealed override void StopProcessing()
    {
        try
        {
            OnStopProcessing();
        }
        finally
        {
            _stop.Cancel();
        }
    }

    /// <summary>Processes each of several inputs; an invalid one is an error of its own and does not stop the others.</summary>
    private protected void ForEachInput<T>(IEnumerable<T> inputs, Action<T> process)
    {
        foreach (T input in inputs)
        {
            try
            {
                process(input);
            }
            catch (EpPromoException e)
            {
                ShowError(ErrorRecords.From(e, input));
            }
        }
    }

    /// <summary>Starts work on the pool. What it throws becomes an error record about <paramref name="target"/>; other work continues.</summary>
    private protected void Start(object? target, Func<CancellationToken, Task> work) => _work.Start(
        Limit,
        cancellationToken => IsStoppingOnError ? Task.CompletedTask : work(cancellationToken),
        error => WriteErrorAsync(error, target));

    /// <summary>
    /// Starts work as <see cref="Start"/> does, of which the output keeps the order of these calls: the work waits for its output before it
    /// writes. Its error keeps the order, too.
    /// </summary>
    private protected void StartOrdered(object? target, Func<OrderedOutput, CancellationToken, Task> work)
    {
        OrderedOutput output = _order.Next();
        Start(target, async cancellationToken =>
        {
            try
            {
                await work(output, cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                await output.WaitAsync(cancellationToken);
                await WriteErrorAsync(e, target);
            }
            finally
            {
                output.End();
            }
        });
    }

    /// <summary>Starts a service for the other work, which runs until the pipeline ends. Other work may need it, so its failure ends the pipeline.</summary>
    private protected void StartBackground(Func<CancellationToken, Task> work) => _work.StartService(
        work,
        error => PostAsync(() => ThrowTerminatingError(ErrorRecords.From(error, null))));

    /// <summary>
    /// Waits for a read whose result decides what to do with the input, and writes the output of other work meanwhile. On the pipeline thread.
    /// </summary>
    private protected T Await<T>(Func<CancellationToken, Task<T>> read)
    {
        Task<T> reading = read(StopToken);
        if (reading.IsCompleted)
        {
            return reading.GetAwaiter().GetResult();
        }

        _ = reading.ContinueWith(
            ended =>
            {
                // If the pipeline ends before, nobody needs the result, so why it cannot be read does not matter.
                _ = ended.Exception;
                WakeDrain();
            },
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);
        while (!reading.IsCompleted)
        {
            DrainOne(s_progressInterval - _sinceProgress.Elapsed);
            UpdateProgressWhenDue();
        }

        return reading.GetAwaiter().GetResult();
    }

    /// <summary>Writes all output until all work has ended; updates progress meanwhile. On the pipeline thread.</summary>
    private protected void DrainAll()
    {
        while (PendingWork > 0 || HasOutput)
        {
            DrainOne(s_progressInterval - _sinceProgress.Elapsed);
            UpdateProgressWhenDue();
        }
    }

    /// <summary>For <see cref="StreamingCmdlet.OnErrorStop"/>: starts no more work, and writes the output of what ends within <paramref name="limit"/>.</summary>
    /// <returns>How many pieces of work have not ended by then.</returns>
    private protected int DrainFor(TimeSpan limit)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while ((PendingWork > 0 || HasOutput) && watch.Elapsed < limit)
        {
            DrainOne(limit - watch.Elapsed);
        }

        return PendingWork;
    }

    /// <summary>An empty action ends the wait in <see cref="StreamingCmdlet.DrainOne"/>; if the queue is full, there is no wait.</summary>
    private void WakeDrain() => TryPost(static () => { });

    /// <summary>Calls <see cref="UpdateProgress"/> if that is due. On the pipeline thread, for long work there.</summary>
    private protected void UpdateProgressWhenDue()
    {
        if (_sinceProgress.Elapsed >= s_progressInterval)
        {
            _sinceProgress.Restart();
            UpdateProgress();
        }
    }

    private void JoinOnFailure(Action body)
    {
        try
        {
            body();
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            CancelAndJoin();
        }
        catch
        {
            CancelAndJoin();
            throw;
        }
    }

    private void CancelAndJoin()
    {
        _stop.Cancel();
        _work.Join();
    }

    /// <summary>Cancels and joins the work that is left. The engine calls it when the pipeline has ended, for whatever reason.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Cancels and joins the work that is left.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            // Also needed after a stop while an earlier command was running and none of the methods of this one.
            CancelAndJoin();
        }
    }
}
