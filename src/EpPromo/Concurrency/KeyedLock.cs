namespace EpPromo.Concurrency;

/// <summary>A lock for each key, in which operations run one after another, in the order in which they arrive. Keys are compared without case.</summary>
internal sealed class KeyedLock
{
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Runs <paramref name="operation"/> when all earlier operations on <paramref name="key"/> have ended.</summary>
    public async Task<T> RunAsync<T>(string key, Func<Task<T>> operation, CancellationToken cancellationToken)
    {
        Entry entry = Acquire(key);
        try
        {
            return await entry.Limit.RunAsync(operation, cancellationToken);
        }
        finally
        {
            Return(key, entry);
        }
    }

    private Entry Acquire(string key)
    {
        lock (_entries)
        {
            if (!_entries.TryGetValue(key, out Entry? entry))
            {
                _entries.Add(key, entry = new Entry());
            }

            entry.Users++;
            return entry;
        }
    }

    private void Return(string key, Entry entry)
    {
        lock (_entries)
        {
            if (--entry.Users == 0)
            {
                _entries.Remove(key);
            }
        }
    }

    /// <summary>The lock of one key. It exists while operations on the key run or wait.</summary>
    private sealed class Entry
    {
        public ConcurrencyLimit Limit { get; } = new(1);

        public int Users { get; set; }
    }
}
