namespace EpPromo.Concurrency;

/// <summary>A lock for each key, which is acquired in the order in which the callers arrive. Keys are compared without case.</summary>
internal sealed class KeyedLock
{
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Waits until nobody else holds the lock of <paramref name="key"/>, and acquires it.</summary>
    /// <returns>The lock; disposing it releases it.</returns>
    public async Task<IDisposable> LockAsync(string key, CancellationToken cancellationToken)
    {
        Entry entry = AddUser(key);
        try
        {
            await entry.Limit.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            RemoveUser(key, entry);
            throw;
        }

        return new Holder(this, key, entry);
    }

    private Entry AddUser(string key)
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

    private void RemoveUser(string key, Entry entry)
    {
        lock (_entries)
        {
            if (--entry.Users == 0)
            {
                _entries.Remove(key);
            }
        }
    }

    /// <summary>The lock of one key. It exists while somebody holds it or waits for it.</summary>
    private sealed class Entry
    {
        public ConcurrencyLimit Limit { get; } = new(1);

        public int Users { get; set; }
    }

    private sealed class Holder(KeyedLock owner, string key, Entry entry) : IDisposable
    {
        private bool _isReleased;

        public void Dispose()
        {
            if (!_isReleased)
            {
                _isReleased = true;
                entry.Limit.Release();
                owner.RemoveUser(key, entry);
            }
        }
    }
}
