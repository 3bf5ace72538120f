namespace EpPromo.Http.Transport;

/// <summary>
/// Cancels one attempt when its time is over or the caller cancels, and tells the two apart. Each step of the attempt (headers, then
/// every piece of the body) gets its own time, but none more than the call has left.
/// </summary>
internal sealed class Deadline : IDisposable
{
    private readonly CallContext _call;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _source;

    public Deadline(CallContext call, CancellationToken caller)
    {
        _call = call;
        _caller = caller;
        _source = CancellationTokenSource.CreateLinkedTokenSource(caller);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>The limit that ends the current step: its own time, or the timeout of the call if that ends first.</summary>
    public TimeSpan Limit { get; private set; }

    /// <summary>Whether the time is over and the caller has not cancelled.</summary>
    public bool IsOver => _source.IsCancellationRequested && !_caller.IsCancellationRequested;

    /// <summary>Starts a step that may take <paramref name="time"/>.</summary>
    public void Start(TimeSpan time)
    {
        TimeSpan left = _call.Remaining;
        Limit = time < left ? time : _call.Timeout;
        _source.CancelAfter(time < left ? time : left);
    }

    public void Dispose() => _source.Dispose();
}
