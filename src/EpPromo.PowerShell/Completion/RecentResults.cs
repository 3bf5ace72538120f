using System.Collections.Concurrent;

namespace EpPromo.PowerShell.Completion;

/// <summary>What was found for completion, kept for some time. What is older is forgotten when something else is kept. Thread-safe.</summary>
/// <typeparam name="T">What is kept.</typeparam>
internal sealed class RecentResults<T>
    where T : class
{
    private readonly ConcurrentDictionary<string, (DateTimeOffset Time, T Result)> _results = new(StringComparer.OrdinalIgnoreCase);
    private readonly TimeSpan _maxAge;

    /// <summary>Nothing so far.</summary>
    /// <param name="maxAge">For how long a result is kept.</param>
    public RecentResults(TimeSpan maxAge) => _maxAge = maxAge;

    /// <summary>The result for a key; null if there is none, or if it was found before <paramref name="since"/>.</summary>
    public T? Find(string key, DateTimeOffset since) => _results.TryGetValue(key, out var known) && known.Time >= since ? known.Result : null;

    /// <summary>Keeps a result.</summary>
    /// <param name="key">The key: upper and lower case are the same.</param>
    /// <param name="result">The result.</param>
    /// <param name="now">When it was found.</param>
    public void Keep(string key, T result, DateTimeOffset now)
    {
        foreach (string old in _results.Where(known => now - known.Value.Time > _maxAge).Select(known => known.Key).ToArray())
        {
            _results.TryRemove(old, out _);
        }

        _results[key] = (now, result);
    }
}
