using EpPromo.Api;
using EpPromo.Time;

namespace EpPromo.Usages;

/// <summary>
/// Lists usages, each once. An offset cannot exceed 10,000 (api-contract.md section 3), so a longer list is read in periods of time, which
/// are halved until each of them is short enough.
/// </summary>
internal sealed class UsageLister
{
    /// <summary>Periods shorter than this are not divided: the store's filter takes milliseconds.</summary>
    private static readonly TimeSpan s_shortestPeriod = TimeSpan.FromMilliseconds(2);

    /// <summary>How far the period without a start is first cut off from the rest. Each further cut is twice as far back.</summary>
    private static readonly TimeSpan s_firstStep = TimeSpan.FromDays(30);

    /// <summary>Earlier times are not tried: nothing in the store can be older.</summary>
    private static readonly DateTimeOffset s_earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly IUsageApi _api;
    private readonly IClock _clock;
    private readonly PageConcurrency _concurrency;

    /// <summary>A lister of usages.</summary>
    /// <param name="api">The usages of the store.</param>
    /// <param name="clock">Time, for the periods.</param>
    /// <param name="concurrency">How many pages are requested at the same time.</param>
    public UsageLister(IUsageApi api, IClock clock, PageConcurrency concurrency)
    {
        _api = api;
        _clock = clock;
        _concurrency = concurrency;
    }

    /// <summary>Lists usages of a promotion's codes, in the store's order.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="selection">Which ones.</param>
    /// <param name="process">Called for each usage.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <exception cref="EpPromoException">The usages cannot be read, or not all of them.</exception>
    public Task ListAsync(
        string promotionId, UsageSelection selection, Func<PromotionUsage, Task> process, CancellationToken cancellationToken) =>
        new Walk(this, promotionId, selection, (filter, offset, stop) => _api.ListUsagesAsync(promotionId, filter, offset, stop), process)
            .RunAsync(cancellationToken);

    /// <summary>Lists usages of one code, by its id.</summary>
    public Task ListOfCodeAsync(
        string promotionId, string codeId, UsageSelection selection, Func<PromotionUsage, Task> process, CancellationToken cancellationToken) =>
        new Walk(
            this,
            promotionId,
            selection,
            (filter, offset, stop) => _api.ListUsagesOfCodeAsync(promotionId, codeId, filter, offset, stop),
            process).RunAsync(cancellationToken);

    /// <summary>One walk through a list.</summary>
    private sealed class Walk(
        UsageLister owner,
        string promotionId,
        UsageSelection selection,
        Func<UsageSelection, int, CancellationToken, Task<Page<PromotionUsage>>> fetch,
        Func<PromotionUsage, Task> process)
    {
        private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

        /// <summary>How many usages the store has reported for the whole selection; null if it did not.</summary>
        private int? _total;

        public async Task RunAsync(CancellationToken cancellationToken)
        {
            bool isDivided;
            try
            {
                isDivided = await ListAsync(selection, isPart: false, cancellationToken);
            }
            catch (EpPromoException e) when (!selection.IsAll && _ids.Count == 0 && e.ErrorId == nameof(SR.BadFilter))
            {
                // Without the store's help, all are read and checked here.
                isDivided = await ListAsync(UsageSelection.All, isPart: false, cancellationToken);
            }

            // A usage without a time is in no period.
            if (isDivided && _ids.Count < _total)
            {
                throw Unreachable();
            }
        }

        /// <summary>Lists a part, which is divided if it is too long.</summary>
        /// <returns>Whether it was divided.</returns>
        private async Task<bool> ListAsync(UsageSelection part, bool isPart, CancellationToken cancellationToken)
        {
            Page<PromotionUsage>? first = await fetch(part, 0, cancellationToken);
            _total ??= first.Total;
            bool isTooLong = first.Total - first.Items.Count > Paging.MaxOffset || (isPart && await IsTooLongAsync(part, first, cancellationToken));
            if (isTooLong && Divide(part) is { } parts)
            {
                return await ListPartsAsync(parts, cancellationToken);
            }

            try
            {
                await Paging.ForEachPageAsync(
                    0,
                    FetchAsync,
                    usage => usage.UsageId,
                    async page =>
                    {
                        foreach (PromotionUsage usage in page.Items.Where(usage => _ids.Add(usage.UsageId) && selection.Matches(usage)))
                        {
                            cancellationToken.ThrowIfCancellationRequested();
                            await process(usage);
                        }

                        return true;
                    },
                    owner._concurrency,
                    cancellationToken);
                return false;
            }
            catch (EpPromoException e) when (e.ErrorId == nameof(SR.ListTooLong))
            {
                // The store has not reported the total.
                return Divide(part) is { } halves ? await ListPartsAsync(halves, cancellationToken) : throw Unreachable();
            }

            // The first page has been read already; once, because it may be asked for again to see whether it has changed.
            Task<Page<PromotionUsage>> FetchAsync(int offset, CancellationToken stop)
            {
                Page<PromotionUsage>? read = offset == 0 ? first : null;
                first = null;
                return read is null ? fetch(part, offset, stop) : Task.FromResult(read);
            }
        }

        private async Task<bool> ListPartsAsync((UsageSelection Earlier, UsageSelection Later) parts, CancellationToken cancellationToken)
        {
            try
            {
                await ListAsync(parts.Earlier, isPart: true, cancellationToken);
                await ListAsync(parts.Later, isPart: true, cancellationToken);
                return true;
            }
            catch (EpPromoException e) when (e.ErrorId == nameof(SR.BadFilter))
            {
                throw Unreachable();
            }
        }

        /// <summary>
        /// Whether a part whose total is not reported is too long: one request shows it, instead of all that offsets reach.
        /// </summary>
        private async Task<bool> IsTooLongAsync(UsageSelection part, Page<PromotionUsage> first, CancellationToken cancellationToken) =>
            first is { Total: null, IsLast: false } && !(await fetch(part, Paging.MaxOffset, cancellationToken)).IsLast;

        private EpPromoException Unreachable() =>
            new(ErrorKind.LimitExceeded, nameof(SR.UsagesUnreachable), promotionId, _ids.Count, Paging.MaxOffset);

        /// <summary>Two parts of a period; null if it cannot be divided.</summary>
        private (UsageSelection Earlier, UsageSelection Later)? Divide(UsageSelection part)
        {
            DateTimeOffset end = part.Before ?? owner._clock.UtcNow;
            TimeSpan age = owner._clock.UtcNow - end;
            DateTimeOffset middle = part.Since is { } start
                ? start + TimeSpan.FromTicks((end - start).Ticks / 2)
                : end - age.AtLeast(s_firstStep);

            // The filter takes milliseconds, so that the parts fit together only at whole ones.
            middle = middle.AddTicks(-(middle.Ticks % TimeSpan.TicksPerMillisecond));
            return middle <= s_earliest || end - middle < s_shortestPeriod || middle <= part.Since
                ? null
                : (part with { Before = middle }, part with { Since = middle });
        }
    }
}
