using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
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

    private readonly ConcurrentDictionary<string, (DateTimeOffset Time, IReadOnlyList<PromotionJob> Jobs)> _lists = new(StringComparer.OrdinalIgnoreCase);
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
            foreach (string promotion in promotions.Where(cache._lists.ContainsKey))
            {
                process(promotion, cache._lists[promotion].Jobs);
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
        ConcurrencyLimit limit = new(StoreRunFinder.MaxConcurrency);
        string[] missing = [.. promotionIds.Where(id => !_lists.TryGetValue(id, out var known) || now - known.Time > maxAge)];
        await Task.WhenAll(missing.Select(id => limit.RunAsync(() => ReadOneAsync(id), cancellationToken)));

        async Task<bool> ReadOneAsync(string id)
        {
            List<PromotionJob> jobs = [];
            HashSet<string> ids = [];
            await JobFinder.WalkAsync(
                api.Jobs,
                id,
                null,
                0,
                page =>
                {
                    jobs.AddRange(page.Items.Where(job => ids.Add(job.JobId)));
                    return true;
                },
                cancellationToken);
            _lists[id] = (now, jobs);
            return true;
        }
    }
}
