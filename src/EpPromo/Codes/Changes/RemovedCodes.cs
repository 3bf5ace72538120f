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

    /// <summary>What was removed at once, the oldest first.</summary>
    private readonly Queue<(DateTimeOffset At, string PromotionId, IReadOnlyList<string> Codes)> _batches = new();

    /// <summary>None so far.</summary>
    /// <param name="clock">Time.</param>
    /// <param name="consistencyWindow">How long lists may lag behind.</param>
    public RemovedCodes(IClock clock, TimeSpan consistencyWindow)
    {
        _clock = clock;
        _window = consistencyWindow;
    }

    /// <summary>Codes have been removed.</summary>
    public void Add(string promotionId, IReadOnlyList<string> codes)
    {
        DateTimeOffset now = _clock.UtcNow;
        lock (_lock)
        {
            ForgetOlderThan(now - _window);
            if (!_promotions.TryGetValue(promotionId, out Dictionary<string, DateTimeOffset>? removed))
            {
                _promotions[promotionId] = removed = new Dictionary<string, DateTimeOffset>(CodeComparer.Instance);
            }

            foreach (string code in codes)
            {
                removed[code] = now;
            }

            _batches.Enqueue((now, promotionId, codes));
        }
    }

    /// <summary>Whether a list may show a code although it was removed.</summary>
    public bool MayBeListed(string promotionId, string code)
    {
        lock (_lock)
        {
            ForgetOlderThan(_clock.UtcNow - _window);
            return _promotions.TryGetValue(promotionId, out Dictionary<string, DateTimeOffset>? removed) && removed.ContainsKey(code);
        }
    }

    private void ForgetOlderThan(DateTimeOffset limit)
    {
        while (_batches.Count > 0 && _batches.Peek().At < limit)
        {
            (DateTimeOffset at, string promotionId, IReadOnlyList<string> codes) = _batches.Dequeue();
            Dictionary<string, DateTimeOffset> removed = _promotions[promotionId];

            // A code that was removed again later stays.
            foreach (string code in codes.Where(code => removed.TryGetValue(code, out DateTimeOffset last) && last == at))
            {
                removed.Remove(code);
            }

            if (removed.Count == 0)
            {
                _promotions.Remove(promotionId);
            }
        }
    }
}
