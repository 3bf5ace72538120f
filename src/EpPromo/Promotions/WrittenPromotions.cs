using System.Collections.Concurrent;
using EpPromo.Time;

namespace EpPromo.Promotions;

/// <summary>What this process has written within the last minute: a list of promotions may not show it yet. Thread-safe.</summary>
internal sealed class WrittenPromotions
{
    /// <summary>How long a list can lag behind a write (api-contract.md section 3).</summary>
    private static readonly TimeSpan s_maxLag = TimeSpan.FromMinutes(1);

    private readonly IClock _clock;
    private readonly ConcurrentDictionary<string, (Promotion? Promotion, DateTimeOffset Time)> _written = new(StringComparer.OrdinalIgnoreCase);

    public WrittenPromotions(IClock clock) => _clock = clock;

    /// <summary>A promotion was created or changed, or deleted if it is null.</summary>
    public void Add(string promotionId, Promotion? promotion) => _written[promotionId] = (promotion, _clock.UtcNow);

    /// <summary>Makes a list show what was written.</summary>
    /// <param name="promotions">The list, by id.</param>
    /// <param name="onNewer">Called for each promotion that the list does not show, or shows as it was before.</param>
    public void ApplyTo(Dictionary<string, Promotion> promotions, Action<Promotion> onNewer)
    {
        foreach (KeyValuePair<string, (Promotion? Promotion, DateTimeOffset Time)> written in _written)
        {
            if (written.Value.Time + s_maxLag < _clock.UtcNow)
            {
                _written.TryRemove(written.Key, out _);
            }
            else if (written.Value.Promotion is not { } promotion)
            {
                promotions.Remove(written.Key);
            }
            else if (!promotions.TryGetValue(written.Key, out Promotion? listed) || !(listed.UpdatedAt >= promotion.UpdatedAt))
            {
                promotions[written.Key] = promotion;
                onNewer(promotion);
            }
        }
    }
}
