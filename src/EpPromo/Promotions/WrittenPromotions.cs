using System.Collections.Concurrent;
using EpPromo.Time;

namespace EpPromo.Promotions;

/// <summary>What this process has written within the consistency window: a list of promotions may not show it yet. Thread-safe.</summary>
internal sealed class WrittenPromotions
{
    private readonly IClock _clock;
    private readonly TimeSpan _window;
    private readonly ConcurrentDictionary<string, (Promotion? Promotion, DateTimeOffset Time)> _written = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Nothing so far.</summary>
    /// <param name="clock">Time.</param>
    /// <param name="consistencyWindow">How long lists may lag behind.</param>
    public WrittenPromotions(IClock clock, TimeSpan consistencyWindow)
    {
        _clock = clock;
        _window = consistencyWindow;
    }

    /// <summary>A promotion was created or changed, or deleted if it is null.</summary>
    public void Add(string promotionId, Promotion? promotion) => _written[promotionId] = (promotion, _clock.UtcNow);

    /// <summary>Makes a list show what was written.</summary>
    /// <param name="promotions">The list, by id.</param>
    /// <param name="onNewer">Called for each promotion that the list does not show, or shows as it was before.</param>
    public void ApplyTo(Dictionary<string, Promotion> promotions, Action<Promotion> onNewer)
    {
        foreach (KeyValuePair<string, (Promotion? Promotion, DateTimeOffset Time)> written in _written)
        {
            if (written.Value.Time + _window < _clock.UtcNow)
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
