using System.Runtime.CompilerServices;
using EpPromo.Api;
using EpPromo.Concurrency;
using EpPromo.Jobs;
using EpPromo.Runs.Finding;
using EpPromo.Stores;

namespace EpPromo.PowerShell.Completion;

/// <summary>
/// The jobs of a store and a kind of promotions for completion, kept for a short time. A large store is not read within one completion; the
/// next one reads the promotions that are missing.
/// </summary>
internal sealed class JobCache
{
    /// <summary>For how long jobs are offered whose status may have changed meanwhile.</summary>
    public static readonly TimeSpan StatusAge = TimeSpan.FromSeconds(10);

    /// <summary>For how long names and prefixes are offered.</summary>
    public static readonly TimeSpan NameAge = TimeSpan.FromMinutes(1);

    private static readonly ConditionalWeakTable<StoreSection, JobCache> s_caches = new();

    /// <summary>The jobs of promotions, by the promotion's id.</summary>
    private readonly RecentResults<IReadOnlyList<PromotionJob>> _lists = new(NameAge);
    private (DateTimeOffset Time, IReadOnlyList<Promotion> Promotions) _all = (DateTimeOffset.MinValue, []);

    /// <summary>
    /// Reads the jobs of the promotions on the command line, or else of the whole store. If not all can be read, those that could are kept.
    /// </summary>
    /// <param name="query">What is completed.</param>
    /// <param name="maxAge">How old what is kept may be.</param>
    /// <param name="process">Callback: gets the jobs of each promotion, also after an error.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="EpPromoException">There is no such promotion, or a list cannot be read.</exception>
    public static async Task ReadAsync(
        CompletionQuery query, TimeSpan maxAge, Action<string, IReadOnlyList<PromotionJob>> process, CancellationToken cancellationToken)
    {
        JobCache cache = s_caches.GetOrCreateValue(query.Section);
        DateTimeOffset now = query.Section.Store.Clock.UtcNow;
        IReadOnlyList<string> promotions = await PromotionArgument.FindAsync(query, cancellationToken)
            ?? await cache.ListPromotionsAsync(query.Api, now, cancellationToken);
        try
        {
            await cache.ReadAsync(query.Api, promotions, now, maxAge, cancellationToken);
        }
        finally
        {
            foreach (string promotion in promotions)
            {
                if (cache._lists.Find(promotion, now - NameAge) is { } jobs)
                {
                    process(promotion, jobs);
                }
            }
        }
    }

    /// <summary>The ids of the promotions that can have jobs that generate codes.</summary>
    private async Task<IReadOnlyList<string>> ListPromotionsAsync(StoreApi api, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (now - _all.Time > NameAge)
        {
            _all = (now, await new StoreRunFinder(api).ListPromotionsAsync(cancellationToken));
        }

        return [.. _all.Promotions.Select(promotion => promotion.PromotionId)];
    }

    private async Task ReadAsync(
        StoreApi api, IReadOnlyList<string> promotionIds, DateTimeOffset now, TimeSpan maxAge, CancellationToken cancellationToken)
    {
        PageConcurrency pages = new();
        ConcurrencyLimit limit = new(StoreRunFinder.MaxConcurrency);
        string[] missing = [.. promotionIds.Where(id => _lists.Find(id, now - maxAge) is null)];
        await Task.WhenAll(missing.Select(id => limit.RunAsync(() => ReadOneAsync(id), cancellationToken)));

        async Task ReadOneAsync(string id) =>
            _lists.Keep(id, await JobFinder.ListAsync(api.Jobs, id, null, null, pages, cancellationToken), now);
    }
}
