using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Host;
using EpPromo.Api;
using EpPromo.Concurrency;
using EpPromo.Text;

namespace EpPromo.PowerShell.Pipeline;

/// <summary>
/// A cmdlet whose work runs on the thread pool while its output streams: ProcessRecord hands work over and emits what is ready,
/// EndProcessing emits the rest. Stopping the pipeline, and a later command that wants no more, cancel the work and join it.
/// </summary>
public abstract class AsyncCmdlet : PSCmdlet, IDisposable, IRequestObserver
{
    /// <summary>Output waiting to be emitted; work that makes more waits for room.</summary>
    private const int QueueLength = 1000;

    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _stop = new();
    private readonly BoundedQueue<Action> _output = new(QueueLength);
    private readonly BackgroundWork _work = new();
    private readonly ProgressBars _bars = new();
    private readonly Stopwatch _sinceTick = Stopwatch.StartNew();
    private ConcurrencyLimit? _slots;
    private int _running;
    private int _untold;
    private volatile bool _isEnding;
    private bool _hasInput;

    /// <summary>How many pieces of work run at the same time.</summary>
    private protected virtual int MaxConcurrency => int.MaxValue;

    /// <summary>What the work runs in. Work that can only wait may give its slot away meanwhile.</summary>
    private protected ConcurrencyLimit Slots => _slots ??= new ConcurrencyLimit(MaxConcurrency);

    /// <summary>Cancelled when the pipeline ends before the work does.</summary>
    private protected CancellationToken StopToken => _stop.Token;

    /// <summary>
    /// Called before the first input object is taken: in a pipeline, long after the beginning, while the commands before this one were at
    /// work.
    /// </summary>
    private protected virtual void OnFirstInput()
    {
    }

    /// <summary>Takes one input object: checks it and starts work for it. Runs on the pipeline thread.</summary>
    private protected virtual void Process()
    {
    }

    /// <summary>Called after the last input object, before the rest of the output is emitted.</summary>
    private protected virtual void Finish()
    {
    }

    /// <summary>Called at most a few times a second, while input comes and while the rest of the work is waited for; shows progress.</summary>
    private protected virtual void Tick()
    {
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guard(() =>
    {
        if (!_hasInput)
        {
            _hasInput = true;
            OnFirstInput();
        }

        try
        {
            Process();
        }
        catch (EpPromoException e)
        {
            ShowError(ErrorRecords.From(e, ErrorTarget));
        }

        while (_output.TryTake(out Action action))
        {
            action();
        }

        TickWhenDue();
    });

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Guard(() =>
    {
        Finish();
        EmitAll();
        if (_untold > 0)
        {
            ShowVerbose(MessageText.Of(SR.VerboseLinesOmitted, _untold));
        }

        _bars.HideAll(WriteProgress);
    });

    /// <inheritdoc/>
    protected sealed override void StopProcessing()
    {
        try
        {
            OnStop();
        }
        finally
        {
            _stop.Cancel();
        }
    }

    /// <summary>Called when the user stops the pipeline, on a thread of its own: the pipeline takes no more output.</summary>
    private protected virtual void OnStop()
    {
    }

    /// <summary>How many pieces of work have not ended.</summary>
    private protected int Unended => Volatile.Read(ref _running);

    /// <summary>
    /// Called when an error is about to end the pipeline (-ErrorAction Stop): after it the work is cancelled, and no more output is taken.
    /// On the pipeline thread.
    /// </summary>
    private protected virtual void OnErrorStop()
    {
    }

    /// <summary>For <see cref="OnErrorStop"/>: takes up no more work, and emits what ends within <paramref name="limit"/>.</summary>
    /// <returns>How many pieces of work have not ended by then.</returns>
    private protected int EmitWhatEndsWithin(TimeSpan limit)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while ((Unended > 0 || !_output.IsEmpty) && watch.Elapsed < limit)
        {
            if (_output.TryTake(NotNegative(limit - watch.Elapsed), out Action action, StopToken))
            {
                action();
            }
        }

        return Unended;
    }

    /// <summary>Writes an error. On the pipeline thread.</summary>
    private protected void ShowError(ErrorRecord error)
    {
        // Of several, the first one is what the pipeline ends with.
        if (_isEnding)
        {
            return;
        }

        if (ErrorsStop)
        {
            _isEnding = true;
            OnErrorStop();
        }

        WriteError(error);
    }

    private bool ErrorsStop => MyInvocation.BoundParameters.TryGetValue("ErrorAction", out object? given)
        ? given is ActionPreference.Stop
        : LanguagePrimitives.TryConvertTo(GetVariableValue("ErrorActionPreference"), out ActionPreference preference)
            && preference == ActionPreference.Stop;

    /// <summary>What an error found in <see cref="Process"/> is about.</summary>
    private protected virtual object? ErrorTarget => null;

    /// <summary>
    /// Starts work on the pool. An <see cref="EpPromoException"/> it throws becomes an error record about <paramref name="target"/>; other work
    /// goes on.
    /// </summary>
    private protected void Start(object? target, Func<CancellationToken, Task> work)
    {
        Interlocked.Increment(ref _running);

        // Asked for here, so that slots are given in the order of the input.
        Task slot = Slots.EnterAsync(StopToken);
        _work.Start(() => RunAsync(slot, target, work));
    }

    /// <summary>Hands each input to <paramref name="process"/>; a bad one is an error of its own and does not keep the others from their turn.</summary>
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

    /// <summary>Shows a progress bar, which goes away when the cmdlet ends. On the pipeline thread.</summary>
    private protected void ShowProgress(ProgressRecord progress) => _bars.Show(progress, WriteProgress);

    /// <summary>Starts work that serves the other work until the pipeline is over.</summary>
    private protected void StartBeside(Func<CancellationToken, Task> work) => _work.Start(() => RunBesideAsync(work));

    /// <summary>Emits <paramref name="output"/> on the pipeline thread. For work.</summary>
    private protected Task EmitAsync(object output) => PostAsync(() => WriteObject(output));

    /// <summary>Shows a warning. For work.</summary>
    private protected Task WarnAsync(string text) => PostAsync(() => ShowWarning(text));

    /// <summary>Writes an error record; the work goes on. For work.</summary>
    private protected Task ReportAsync(EpPromoException error, object? target) =>
        PostAsync(() => ShowError(ErrorRecords.From(error, target)));

    /// <summary>
    /// Runs <paramref name="action"/> on the pipeline thread, soon. For work, which awaits it: when there is much to emit, until there is
    /// room for it.
    /// </summary>
    /// <exception cref="OperationCanceledException">The pipeline has ended.</exception>
    private protected Task PostAsync(Action action) => _output.AddAsync(action, StopToken);

    /// <summary>
    /// Shows something about a request, if there is room: a request that others wait for must not wait until this pipeline takes its
    /// output, nor fail because the pipeline has been stopped.
    /// </summary>
    private void Tell(Action show)
    {
        if (!_output.TryAdd(show))
        {
            Interlocked.Increment(ref _untold);
        }
    }

    void IRequestObserver.Verbose(string line) => Tell(() => ShowVerbose(line));

    void IRequestObserver.Debug(string text) => Tell(() => Show(WriteDebug, text));

    /// <summary>Shows a verbose line. On the pipeline thread.</summary>
    private protected void ShowVerbose(string text) => Show(WriteVerbose, text);

    /// <summary>Shows a warning. On the pipeline thread.</summary>
    private protected void ShowWarning(string text) => Show(WriteWarning, text);

    private static void Show(Action<string> write, string text)
    {
        try
        {
            write(text);
        }
        catch (Exception e) when (e is HostException or PSInvalidOperationException)
        {
            // -Debug shows each line, verbose ones and warnings too, and asks whether to go on; and here is nobody who could be asked. What
            // was done must not get lost for that.
        }
    }

    private async Task RunAsync(Task slot, object? target, Func<CancellationToken, Task> work)
    {
        try
        {
            await slot;
            try
            {
                if (!_isEnding)
                {
                    await work(StopToken);
                }
            }
            catch (Exception e) when (!StopToken.IsCancellationRequested)
            {
                await PostAsync(() => ShowError(ErrorRecords.From(e, target)));
            }
            finally
            {
                Slots.Leave();
            }
        }
        catch (Exception) when (StopToken.IsCancellationRequested)
        {
            // The user or a later command has ended the pipeline: there is nobody left to tell.
        }
        finally
        {
            if (Interlocked.Decrement(ref _running) == 0)
            {
                // Wakes EmitAll. A full queue wakes it as well.
                _output.TryAdd(static () => { });
            }
        }
    }

    private async Task RunBesideAsync(Func<CancellationToken, Task> work)
    {
        try
        {
            await work(StopToken);
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            // How such work always ends.
        }
        catch (Exception e) when (!StopToken.IsCancellationRequested)
        {
            // Without it the other work would wait for ever.
            await PostAsync(() => ThrowTerminatingError(ErrorRecords.From(e, null)));
        }
    }

    /// <summary>
    /// Emits until all work has ended and all is emitted; ticks meanwhile, however much there is to emit. On the pipeline thread.
    /// </summary>
    private protected void EmitAll()
    {
        while (Unended > 0 || !_output.IsEmpty)
        {
            if (_output.TryTake(NotNegative(TickInterval - _sinceTick.Elapsed), out Action action, StopToken))
            {
                action();
            }

            TickWhenDue();
        }
    }

    private void TickWhenDue()
    {
        if (_sinceTick.Elapsed >= TickInterval)
        {
            _sinceTick.Restart();
            Tick();
        }
    }

    private void Guard(Action body)
    {
        try
        {
            body();
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            Join();
        }
        catch
        {
            Join();
            throw;
        }
    }

    private void Join()
    {
        _stop.Cancel();
        _work.Join();
    }

    private static TimeSpan NotNegative(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time;

    /// <summary>Ends what is still running: the engine calls it when the pipeline is over, however it ended.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends what is still running.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            // Also after a stop that came while a command before this one was at work, and none of this one's methods.
            Join();
        }
    }
}
