namespace EpPromo.Http;

/// <summary>
/// Cancels one try when its time is over, or when the caller does; and tells the two apart. Each step of the try (headers, then
/// every piece of the body) gets its own time, and none more than what the call has left.
/// </summary>
internal sealed class Deadline : IDisposable
{
    private readonly CallBudget _budget;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _source;

    public Deadline(CallBudget budget, CancellationToken caller)
    {
        _budget = budget;
        _caller = caller;
        _source = CancellationTokenSource.CreateLinkedTokenSource(caller);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>What is over when the step is: its own time, or that of the whole call when that ends first.</summary>
    public TimeSpan Given { get; private set; }

    /// <summary>Whether the time was over, rather than the caller tired of it.</summary>
    public bool IsOver => _source.IsCancellationRequested && !_caller.IsCancellationRequested;

    /// <summary>Begins a step that may take <paramref name="time"/>.</summary>
    public void Begin(TimeSpan time)
    {
        TimeSpan left = _budget.Remaining;
        Given = time < left ? time : _budget.Limit;
        _source.CancelAfter(time < left ? time : left);
    }

    public void Dispose() => _source.Dispose();
}
