using System.Runtime.CompilerServices;
using EpPromo.Stores;

namespace EpPromo.PowerShell.Completion;

/// <summary>The promotions that were found for completion, kept for some seconds: while a person types on, nothing is requested.</summary>
internal sealed class PromotionCache
{
    private static readonly TimeSpan s_maxAge = TimeSpan.FromSeconds(10);

    private static readonly ConditionalWeakTable<StoreSection, PromotionCache> s_caches = new();

    /// <summary>All promotions that match a word, by the word.</summary>
    private readonly RecentResults<IReadOnlyList<Promotion>> _searches = new(s_maxAge);

    /// <summary>The cache of a store and a kind.</summary>
    public static PromotionCache Of(StoreSection section) => s_caches.GetOrCreateValue(section);

    /// <summary>All promotions that can match a word, from a search for its beginning; null if there was none lately.</summary>
    public IReadOnlyList<Promotion>? Find(string word, DateTimeOffset now)
    {
        for (int length = word.Length; length >= 0; length--)
        {
            if (_searches.Find(word.Substring(0, length), now - s_maxAge) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>Keeps all promotions that match a word. Older searches are forgotten.</summary>
    public void Keep(string word, IReadOnlyList<Promotion> found, DateTimeOffset now) => _searches.Keep(word, found, now);
}
