namespace EpPromo.Sandbox.WebPage.Rows;

/// <summary>Keeps the latest of many items.</summary>
/// <param name="capacity">How many items are kept.</param>
internal sealed class Latest<T>(int capacity)
{
    private readonly PriorityQueue<T, (DateTimeOffset At, int Order)> _kept = new();

    /// <summary>How many items were added, including those that are not kept.</summary>
    public int Added { get; private set; }

    public void Add(T item, DateTimeOffset at)
    {
        (DateTimeOffset, int) priority = (at, Added++);
        if (_kept.Count < capacity)
        {
            _kept.Enqueue(item, priority);
        }
        else
        {
            _kept.EnqueueDequeue(item, priority);
        }
    }

    /// <summary>The items that are kept, latest first.</summary>
    public IEnumerable<T> NewestFirst() =>
        _kept.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => item.Element);
}
