using System.Diagnostics;

namespace EpPromo.PowerShell.Pipeline;

/// <summary>
/// The output on its way from the work to the pipeline thread, in order. The pipeline thread takes all that is ready at once: it is not
/// woken for each object, and an object that comes alone is written at once.
/// </summary>
internal sealed class OutputQueue
{
    /// <summary>How many objects and actions may wait to be taken; work that adds more waits for room.</summary>
    private const int Length = 1000;

    /// <summary>How many objects are written at a time. More would save nothing.</summary>
    public const int MaxBatchLength = 256;

    /// <summary>
    /// How long the commands after this one may take for a batch, in ticks of <see cref="Stopwatch"/>: during that time, the pipeline thread
    /// updates no progress.
    /// </summary>
    private static readonly long s_slow = Stopwatch.Frequency / 40;

    private readonly BoundedQueue<OutputItem> _queue = new(Length, item => item.Objects?.Count ?? 1);

    /// <summary>What the pipeline thread has taken and not yet written.</summary>
    private Queue<OutputItem> _taken = new();

    /// <summary>How many objects of the first of these are written.</summary>
    private int _written;
    private int _batchLength = 1;

    /// <summary>Whether nothing waits to be written. On the pipeline thread.</summary>
    public bool IsEmpty => _taken.Count == 0 && _queue.IsEmpty;

    /// <summary>Adds output as soon as there is room for it.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before there was room.</exception>
    public Task AddAsync(OutputItem item, CancellationToken cancellationToken) => _queue.AddAsync(item, cancellationToken);

    /// <summary>Adds output if there is room now.</summary>
    public bool TryAdd(OutputItem item) => _queue.TryAdd(item);

    /// <summary>Takes what is to be written next; blocks until there is something, at most for <paramref name="limit"/>. On the pipeline thread.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public bool TryTake(TimeSpan limit, out OutputBatch batch, CancellationToken cancellationToken)
    {
        if (_taken.Count == 0 && !_queue.TryTakeAll(limit, ref _taken, cancellationToken))
        {
            batch = default;
            return false;
        }

        OutputItem first = _taken.Peek();
        batch = new OutputBatch(first.Action, first.Action is null ? TakeObjects(first.Variables) : [], first.Variables);
        if (first.Action is not null)
        {
            _taken.Dequeue();
        }

        return true;
    }

    /// <summary>
    /// Chooses how many objects are written at a time from now on: one by one if the commands after this one are slow, so that progress is
    /// updated meanwhile.
    /// </summary>
    /// <param name="elapsed">How long the last batch took, in ticks of <see cref="Stopwatch"/>.</param>
    public void AdaptBatches(long elapsed) => _batchLength = elapsed < s_slow ? Math.Min(2 * _batchLength, MaxBatchLength) : 1;

    /// <summary>Takes the objects up to the next action, as far as they have the same variables.</summary>
    private List<object> TakeObjects(object?[]? variables)
    {
        List<object> objects = [];
        while (objects.Count < _batchLength && _taken.Count > 0 && _taken.Peek() is { Objects: { } next } item && item.Variables == variables)
        {
            objects.Add(next[_written]);
            _written++;
            if (_written == next.Count)
            {
                _taken.Dequeue();
                _written = 0;
            }
        }

        return objects;
    }
}
