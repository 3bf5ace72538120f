using EpPromo.Time;

namespace EpPromo.Codes.Changes;

/// <summary>
/// The codes that a session has removed within the consistency window: lists may still show them (docs/guarantees.md, "Assumptions").
/// Safe to call from any thread.
/// </summary>
internal sealed class RemovedCodes
{
    private readonly IClock _clock;
    private readonly TimeSpan _window;
    private readonly object _lock = new();
    private readonly Dictionary<string, Dictionary<string, DateTimeOffset>> _promotions = new(StringComparer.Ordinal);

    /// <summary>None so far.</summary>
    /// <param name="clock">Time.</param>
    /// <param name="consistencyWindow">How long lists may lag behind.</param>
    public RemovedCodes(IClock clock, TimeSpan consistencyWindow)
    {
        _clock = clock;
        _window = consistencyWindow;
    }

    /// <summary>Codes have been removed.</summary>
    public void Add(string promotionId, IEnumerable<string> codes)
    {
        DateTimeOffset now = _clock.UtcNow;
        lock (_lock)
        {
            if (!_promotions.TryGetValue(promotionId, out Dictionary<string, DateTimeOffset>? removed))
            {
                _promotions[promotionId] = removed = new Dictionary<string, DateTimeOffset>(CodeComparer.Instance);
            }

            foreach (string old in removed.Where(pair => pair.Value + _window < now).Select(pair => pair.Key).ToArray())
            {
                removed.Remove(old);
            }

            foreach (string code in codes)
            {
                removed[code] = now;
            }
        }
    }

    /// <summary>Whether a list may show a code although it was removed.</summary>
    public bool MayBeListed(string promotionId, string code)
    {
        lock (_lock)
        {
            return _promotions.TryGetValue(promotionId, out Dictionary<string, DateTimeOffset>? removed)
                && removed.TryGetValue(code, out DateTimeOffset at) && at + _window >= _clock.UtcNow;
        }
    }
}
