using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using EpPromo.Stores;

namespace EpPromo.PowerShell.Completion;

/// <summary>The promotions that were found for completion, kept for some seconds: while a person types on, nothing is requested.</summary>
internal sealed class PromotionCache
{
    private static readonly TimeSpan s_maxAge = TimeSpan.FromSeconds(10);

    private static readonly ConditionalWeakTable<StoreSection, PromotionCache> s_caches = new();

    /// <summary>All promotions that match a word, by the word.</summary>
    private readonly ConcurrentDictionary<string, (DateTimeOffset Time, IReadOnlyList<Promotion> Found)> _searches =
        new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The cache of a store and a kind.</summary>
    public static PromotionCache Of(StoreSection section) => s_caches.GetOrCreateValue(section);

    /// <summary>All promotions that can match a word, from a search for its beginning; null if there was none lately.</summary>
    public IReadOnlyList<Promotion>? Find(string word, DateTimeOffset now)
    {
        for (int length = word.Length; length >= 0; length--)
        {
            if (_searches.TryGetValue(word.Substring(0, length), out var known) && now - known.Time <= s_maxAge)
            {
                return known.Found;
            }
        }

        return null;
    }

    /// <summary>Keeps all promotions that match a word. Older searches are forgotten.</summary>
    public void Keep(string word, IReadOnlyList<Promotion> found, DateTimeOffset now)
    {
        foreach (string old in _searches.Where(search => now - search.Value.Time > s_maxAge).Select(search => search.Key).ToArray())
        {
            _searches.TryRemove(old, out _);
        }

        _searches[word] = (now, found);
    }
}
