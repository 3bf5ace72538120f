using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Host;
using EpPromo.Api;
using EpPromo.PowerShell.Progress;
using EpPromo.Text;
using EpPromo.Time;

namespace EpPromo.PowerShell.Pipeline;

/// <summary>
/// A cmdlet whose work runs on the thread pool and streams its output. Only the pipeline thread may write, so the work posts its output to a
/// queue, and the pipeline thread drains it.
/// </summary>
public abstract class StreamingCmdlet : PSCmdlet, IRequestObserver
{
    private readonly OutputQueue _output = new();
    private readonly ProgressBars _bars = new();
    private readonly StoreOutage _outage = new(new SystemClock());

    /// <summary>What the variables of -PipelineVariable are for the input whose work is running.</summary>
    private readonly AsyncLocal<object?[]?> _inputVariables = new();
    private PipelineVariables? _variables;
    private bool _showsLines;
    private bool _showsBodies;
    private int _omittedLines;
    private volatile bool _isStoppingOnError;

    private protected StreamingCmdlet() => Common = new CommonParameters(this);

    /// <summary>The common parameters. On the pipeline thread.</summary>
    private protected CommonParameters Common { get; }

    /// <summary>Cancelled when the pipeline ends before the work does.</summary>
    private protected abstract CancellationToken StopToken { get; }

    /// <summary>Whether an error is ending the pipeline (-ErrorAction Stop), so that no work should start.</summary>
    private protected bool IsStoppingOnError => _isStoppingOnError;

    /// <summary>Whether output waits to be written.</summary>
    private protected bool HasOutput => !_output.IsEmpty;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _variables = PipelineVariables.Before(this);

        // As PowerShell does, which also reads the preferences once for a command.
        _showsLines = Common.ShowsVerbose;
        _showsBodies = Common.ShowsDebug;
    }

    /// <summary>
    /// Called before an error ends the pipeline (-ErrorAction Stop). After that, the work is cancelled, and nothing more can be written. On
    /// the pipeline thread.
    /// </summary>
    private protected virtual void OnErrorStop()
    {
    }

    /// <summary>
    /// Called before an error or a line is written, so that a command that draws on the screen can remove its drawing. On the pipeline
    /// thread.
    /// </summary>
    private protected virtual void OnWriting()
    {
    }

    /// <summary>
    /// The error that the time of the command (-Timeout) is over. If the last request has failed, the message says so: the store may be gone.
    /// </summary>
    internal EpPromoException TimeoutError(string errorId, params object?[] arguments) =>
        new(ErrorKind.Timeout, errorId, arguments) { Note = _outage.Description };

    /// <summary>The text as a person is to read it: with the names of what it names by ids.</summary>
    private protected virtual string WithNames(string text) => text;

    /// <summary>Writes an object. For work.</summary>
    internal Task WriteObjectAsync(object output) => AddAsync(new OutputItem([output]));

    /// <summary>
    /// Writes objects that come without being waited for, such as the rows of a file. For work: many at a time, so that the threads need not
    /// meet at each of them. If the enumeration fails, the objects before that are written.
    /// </summary>
    internal async Task WriteObjectsAsync(IEnumerable<object> output)
    {
        List<object> batch = [];
        try
        {
            foreach (object item in output)
            {
                batch.Add(item);
                if (batch.Count == OutputQueue.MaxBatchLength)
                {
                    await AddAsync(new OutputItem(batch));
                    batch = [];
                }
            }
        }
        finally
        {
            if (batch.Count > 0)
            {
                await AddAsync(new OutputItem(batch));
            }
        }
    }

    /// <summary>Writes a warning. For work.</summary>
    internal Task WriteWarningAsync(string text) => PostAsync(() => ShowWarning(text));

    /// <summary>Writes an error record; the work continues. For work.</summary>
    internal Task WriteErrorAsync(Exception error, object? target) => PostAsync(() => ShowError(ErrorRecords.From(error, target)));

    /// <summary>
    /// Queues <paramref name="action"/> to run on the pipeline thread. For work: if the queue is full, the task ends when there is room.
    /// </summary>
    /// <exception cref="OperationCanceledException">The pipeline has ended.</exception>
    internal Task PostAsync(Action action) => AddAsync(new OutputItem(action));

    /// <summary>
    /// Processes one input. What is posted by work that starts meanwhile is written with the variables of -PipelineVariable that the commands
    /// before this one have set for this input. On the pipeline thread.
    /// </summary>
    private protected void WithInput(Action process)
    {
        _inputVariables.Value = _variables?.Capture();
        try
        {
            process();
        }
        finally
        {
            _inputVariables.Value = null;
        }
    }

    /// <summary>Queues <paramref name="action"/> to run on the pipeline thread, unless the queue is full.</summary>
    private protected bool TryPost(Action action) => _output.TryAdd(new OutputItem(action));

    /// <summary>Writes an error. On the pipeline thread.</summary>
    private protected void ShowError(ErrorRecord error)
    {
        // The first of several errors is the one that ends the pipeline.
        if (_isStoppingOnError)
        {
            return;
        }

        if (Common.StopsOnError)
        {
            _isStoppingOnError = true;
            OnErrorStop();
        }

        if (error.ErrorDetails is { } details)
        {
            error.ErrorDetails = new ErrorDetails(WithNames(details.Message)) { RecommendedAction = details.RecommendedAction };
        }

        OnWriting();
        WriteError(error);
    }

    /// <summary>Writes a warning. On the pipeline thread.</summary>
    private protected void ShowWarning(string text) => WriteUnlessUnattended(WriteWarning, WithNames(text));

    /// <summary>Writes a verbose line. On the pipeline thread.</summary>
    private protected void ShowVerbose(string text)
    {
        // Every request has such lines, and finding the ids in them takes time.
        if (_showsLines)
        {
            WriteUnlessUnattended(WriteVerbose, WithNames(text));
        }
    }

    /// <summary>Shows a progress bar until the cmdlet ends. On the pipeline thread.</summary>
    private protected void ShowProgress(ProgressRecord progress) => _bars.Show(progress, WriteProgress);

    /// <summary>Removes the progress bars. On the pipeline thread.</summary>
    private protected void HideProgress() => _bars.HideAll(WriteProgress);

    /// <summary>Writes how many lines about requests were omitted, if any. On the pipeline thread.</summary>
    private protected void ShowOmittedLines()
    {
        if (_omittedLines > 0)
        {
            ShowVerbose(MessageText.Of(SR.VerboseLinesOmitted, _omittedLines));
        }
    }

    /// <summary>Writes all output that is waiting. On the pipeline thread.</summary>
    private protected void Drain()
    {
        while (_output.TryTake(TimeSpan.Zero, out OutputBatch batch, CancellationToken.None))
        {
            Write(batch);
        }
    }

    /// <summary>Writes the next batch of output, which is waited for no longer than <paramref name="limit"/>. On the pipeline thread.</summary>
    /// <exception cref="OperationCanceledException">The pipeline has ended.</exception>
    private protected void DrainOne(TimeSpan limit)
    {
        if (_output.TryTake(limit < TimeSpan.Zero ? TimeSpan.Zero : limit, out OutputBatch batch, StopToken))
        {
            Write(batch);
        }
    }

    bool IRequestObserver.ShowsLines => _showsLines;

    bool IRequestObserver.ShowsBodies => _showsBodies;

    void IRequestObserver.Verbose(string line) => PostLine(() => ShowVerbose(line));

    void IRequestObserver.Debug(string text) => PostLine(() => WriteUnlessUnattended(WriteDebug, text));

    void IRequestObserver.Failed(string host, string reason, TimeSpan elapsed, TimeSpan delay)
    {
        if (_outage.Report(host, reason, elapsed, delay) is { } warning)
        {
            PostLine(() => ShowWarning(warning));
        }
    }

    void IRequestObserver.Succeeded() => _outage.End();

    /// <summary>
    /// Other pipelines may wait for the request: it must neither wait until this one has room for the line, nor fail because this one has
    /// ended.
    /// </summary>
    private void PostLine(Action show)
    {
        if (!TryPost(show))
        {
            Interlocked.Increment(ref _omittedLines);
        }
    }

    /// <summary>Adds output of the current input. It may be written when there is another one, so it keeps the variables of its own.</summary>
    private Task AddAsync(OutputItem item) =>
        _output.AddAsync(_variables is null ? item : item with { Variables = _inputVariables.Value }, StopToken);

    private void Write(OutputBatch batch)
    {
        if (batch.Variables is { } values)
        {
            _variables!.Write(values, () => WriteNow(batch));
        }
        else
        {
            WriteNow(batch);
        }
    }

    private void WriteNow(OutputBatch batch)
    {
        if (batch.Action is { } action)
        {
            action();
            return;
        }

        long start = Stopwatch.GetTimestamp();
        WriteObject(batch.Objects, enumerateCollection: true);
        _output.AdaptBatches(Stopwatch.GetTimestamp() - start);
    }

    /// <summary>Writes a line. On the pipeline thread.</summary>
    private protected void WriteUnlessUnattended(Action<string> write, string text)
    {
        OnWriting();
        try
        {
            write(text);
        }
        catch (Exception e) when (e is HostException or PSInvalidOperationException)
        {
            // With -Debug, PowerShell asks at each line whether to continue, also at verbose lines and warnings, and fails in a session that is
            // not interactive. The output of the work must not be lost because of that.
        }
    }
}
