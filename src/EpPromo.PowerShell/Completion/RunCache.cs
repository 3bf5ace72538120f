using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using EpPromo.Concurrency;
using EpPromo.Runs;
using EpPromo.Stores;

namespace EpPromo.PowerShell.Completion;

/// <summary>
/// The runs of a store and a kind of promotions for completion, kept for a minute. A large store is not read within one completion; the next one reads the promotions
/// that are missing.
/// </summary>
internal sealed class RunCache
{
    private static readonly TimeSpan s_maxAge = TimeSpan.FromMinutes(1);
    private static readonly ConditionalWeakTable<StoreSection, RunCache> s_caches = new();

    private readonly ConcurrentDictionary<string, (DateTimeOffset Time, IReadOnlyList<CodeRun> Runs)> _parts = new(StringComparer.OrdinalIgnoreCase);
    private (DateTimeOffset Time, IReadOnlyList<Promotion> Promotions) _all = (DateTimeOffset.MinValue, []);

    /// <summary>The cache of a store and a kind.</summary>
    public static RunCache Of(StoreSection section) => s_caches.GetOrCreateValue(section);

    /// <summary>The ids of the promotions that can have runs.</summary>
    public async Task<IReadOnlyList<string>> ListPromotionsAsync(StoreApi api, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (now - _all.Time > s_maxAge)
        {
            _all = (now, await new StoreRunFinder(api).ListPromotionsAsync(cancellationToken));
        }

        return [.. _all.Promotions.Select(promotion => promotion.PromotionId)];
    }

    /// <summary>Reads the runs of promotions, unless they are known. What was read before an error is kept.</summary>
    public async Task ReadAsync(StoreApi api, IEnumerable<string> promotionIds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        RunFinder finder = new(api.Jobs);
        ConcurrencyLimit limit = new(StoreRunFinder.MaxConcurrency);
        string[] missing = [.. promotionIds.Where(id => !_parts.TryGetValue(id, out var known) || now - known.Time > s_maxAge)];
        await Task.WhenAll(missing.Select(id => limit.RunAsync(() => ReadOneAsync(id), cancellationToken)));

        async Task<bool> ReadOneAsync(string id)
        {
            _parts[id] = (now, await finder.FindAsync(id, _ => true, cancellationToken));
            return true;
        }
    }

    /// <summary>The runs of promotions, as far as they are known, the newest first.</summary>
    public IReadOnlyList<PromotionRun> Find(IEnumerable<string> promotionIds) => RunFinder.Combine(
        promotionIds.SelectMany(id => _parts.TryGetValue(id, out var known) ? known.Runs : []));
}
