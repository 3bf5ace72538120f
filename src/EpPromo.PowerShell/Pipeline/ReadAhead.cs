namespace EpPromo.PowerShell.Pipeline;

/// <summary>What one piece of work reads, passed on in order: before its output is next, it reads a limited number of items and keeps them.</summary>
/// <typeparam name="T">The type of the items, for example pages.</typeparam>
internal sealed class ReadAhead<T>
{
    private readonly OrderedOutput _output;
    private readonly int _maxItems;
    private readonly Func<T, Task<bool>> _use;
    private readonly CancellationToken _stop;
    private readonly Queue<T> _kept = new();
    private bool _isEnough;

    /// <summary>Nothing is read yet.</summary>
    /// <param name="output">The output of the work.</param>
    /// <param name="maxItems">How many items to keep until then.</param>
    /// <param name="use">Callback: receives each item, in order; returns whether it needs more.</param>
    /// <param name="stop">Stops the waiting for the output before.</param>
    public ReadAhead(OrderedOutput output, int maxItems, Func<T, Task<bool>> use, CancellationToken stop)
    {
        _output = output;
        _maxItems = maxItems;
        _use = use;
        _stop = stop;
    }

    /// <summary>Adds what was read. If enough is kept, it waits until the output is next.</summary>
    /// <returns>Whether to read more.</returns>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public async Task<bool> AddAsync(T item)
    {
        _kept.Enqueue(item);
        if (_output.IsNext || _kept.Count >= _maxItems)
        {
            await CompleteAsync();
        }

        return !_isEnough;
    }

    /// <summary>Waits until the output is next and passes on what is kept.</summary>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public async Task CompleteAsync()
    {
        await _output.WaitAsync(_stop);
        while (_kept.Count > 0 && !_isEnough)
        {
            _isEnough = !await _use(_kept.Dequeue());
        }
    }
}
