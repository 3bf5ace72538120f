using EpPromo.Api;
using EpPromo.Concurrency;
using EpPromo.Text;
using EpPromo.Time;

namespace EpPromo.Promotions;

/// <summary>
/// Finds the promotion of a create whose response was lost: one with the same name and fields, created since the create started, that was not
/// known before and belongs to no other create. The list may lag behind, so it is read repeatedly.
/// </summary>
internal sealed class LostPromotionFinder
{
    private static readonly TimeSpan s_initialDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_maxDelay = TimeSpan.FromSeconds(10);

    private readonly IPromotionApi _api;
    private readonly IClock _clock;
    private readonly ClaimedIds _claimed;
    private readonly PromotionFields _sent;
    private readonly IReadOnlyCollection<string> _known;
    private readonly Func<DateTimeOffset> _startedAt;

    /// <summary>A finder for one create.</summary>
    /// <param name="api">The store.</param>
    /// <param name="clock">Time.</param>
    /// <param name="claimed">The promotions that belong to other creates.</param>
    /// <param name="sent">What was sent.</param>
    /// <param name="known">The promotions that existed before.</param>
    /// <param name="startedAt">Callback: when the create started, by the server's clock. Called after a list has been read.</param>
    public LostPromotionFinder(
        IPromotionApi api, IClock clock, ClaimedIds claimed, PromotionFields sent, IReadOnlyCollection<string> known, Func<DateTimeOffset> startedAt)
    {
        _api = api;
        _clock = clock;
        _claimed = claimed;
        _sent = sent;
        _known = known;
        _startedAt = startedAt;
    }

    /// <summary>Reads the list until it shows the promotion or <paramref name="window"/> is over.</summary>
    /// <returns>The promotion, now claimed; null if the list does not show it.</returns>
    /// <exception cref="EpPromoException">Of kind <see cref="ErrorKind.Uncertain"/>: the list cannot be read at the end of the window.</exception>
    public async Task<Promotion?> FindAsync(TimeSpan window, UncertainResultException failure, CancellationToken cancellationToken)
    {
        DateTimeOffset end = _clock.UtcNow + window;
        for (TimeSpan delay = s_initialDelay; ; delay = (delay + delay).AtMost(s_maxDelay))
        {
            // Decided before reading, so that the last list is one that was read when the whole window was over.
            bool isLast = _clock.UtcNow >= end;
            try
            {
                if (await ReadAsync(cancellationToken) is { } found)
                {
                    return found;
                }
            }
            catch (EpPromoException e) when (isLast || e.ErrorId == nameof(SR.StoreClosed))
            {
                throw new EpPromoException(
                    e, ErrorKind.Uncertain, nameof(SR.PromotionCreateUncertain), _sent.Name, failure.Reason, e.Message);
            }
            catch (EpPromoException)
            {
                // The next read may succeed; only the last one has to.
            }

            if (isLast)
            {
                return null;
            }

            await _clock.DelayAsync(delay.AtMost(end - _clock.UtcNow), cancellationToken);
        }
    }

    /// <summary>
    /// Reads the whole list, although the store can search for a name: if it understood a name in another way than we do, the promotion would
    /// be created twice.
    /// </summary>
    private async Task<Promotion?> ReadAsync(CancellationToken cancellationToken)
    {
        List<Promotion> matches = [];

        // Page after page: in a list without a total, a promotion that the store shows late can push another one from a page that is read later
        // onto one that was read before. If it is the one searched for, it would be created twice.
        await new PromotionFinder(_api, PageConcurrency.One).FindAsync(
            null,
            promotion =>
            {
                if (IsSameName(promotion.Name) && !_known.Contains(promotion.PromotionId) && _sent.IsMatch(promotion))
                {
                    matches.Add(promotion);
                }

                return Task.CompletedTask;
            },
            cancellationToken);
        DateTimeOffset startedAt = _startedAt();
        return matches
            .Where(promotion => promotion.CreatedAt is null || promotion.CreatedAt >= startedAt - ServerClock.Tolerance)
            .OrderBy(promotion => promotion.CreatedAt is null || promotion.CreatedAt < startedAt)
            .ThenBy(promotion => promotion.CreatedAt)
            .FirstOrDefault(promotion => _claimed.TryClaim(promotion.PromotionId));
    }

    private bool IsSameName(string name) => NormalizedText.Of(name.Trim()) == NormalizedText.Of(_sent.Name!.Trim());
}
