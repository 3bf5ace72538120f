namespace EpPromo.PowerShell.Progress;

/// <summary>Work on one promotion, as <see cref="WorkProgress"/> shows it. Can be used on any thread.</summary>
internal sealed class WorkStep : IDisposable
{
    private readonly LinkedList<WorkStep> _active;
    private readonly object _lock;
    private readonly Action _onEnd;
    private Func<string> _status = static () => "";
    private LinkedListNode<WorkStep>? _node;
    private bool _hasEnded;

    /// <summary>Work that has not started.</summary>
    /// <param name="title">The name of the promotion.</param>
    /// <param name="active">The active work; this adds itself at the first report and removes itself at the end.</param>
    /// <param name="progressLock">Guards <paramref name="active"/> and this.</param>
    /// <param name="onEnd">Callback: it has ended.</param>
    public WorkStep(string title, LinkedList<WorkStep> active, object progressLock, Action onEnd)
    {
        Title = title;
        _active = active;
        _lock = progressLock;
        _onEnd = onEnd;
    }

    /// <summary>The name of the promotion.</summary>
    public string Title { get; }

    /// <summary>What the work does; empty if that needs no bar of its own.</summary>
    public string Status => _status();

    /// <summary>Says what the work does now.</summary>
    public void Report(string status) => Report(() => status);

    /// <summary>Says what the work does from now on.</summary>
    /// <param name="status">Callback: returns what to show, whenever it is shown.</param>
    public void Report(Func<string> status)
    {
        lock (_lock)
        {
            _status = status;
            if (!_hasEnded)
            {
                _node ??= _active.AddLast(this);
            }
        }
    }

    /// <summary>The work has ended.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (!_hasEnded)
            {
                _hasEnded = true;
                _onEnd();
                if (_node is not null)
                {
                    _active.Remove(_node);
                }
            }
        }
    }
}
