using System.Collections.Concurrent;
using EpPromo.Concurrency;
using EpPromo.Time;

namespace EpPromo.Promotions;

/// <summary>What all writes of promotions on one store share.</summary>
internal sealed class PromotionWrites
{
    /// <summary>One create of a name at a time: of two whose responses were lost, nobody could know which promotion belongs to which.</summary>
    public KeyedLock NameLock { get; } = new();

    /// <summary>The promotions that creates have returned.</summary>
    public ClaimedIds Claimed { get; } = new();

    /// <summary>One change of a promotion at a time (api-contract.md section 3, parallel writes).</summary>
    public KeyedLock PromotionLock { get; } = new();

    /// <summary>The promotions by id as this process has written them last, and when.</summary>
    private ConcurrentDictionary<string, (Promotion Promotion, DateTimeOffset Time)> Written { get; } = new(StringComparer.Ordinal);

    /// <summary>The promotions with a write whose response was lost or not waited for, and when that was noticed.</summary>
    private ConcurrentDictionary<string, DateTimeOffset> Lost { get; } = new(StringComparer.Ordinal);

    /// <summary>A write may still take effect within the consistency window.</summary>
    public void AddLost(string promotionId, DateTimeOffset now) => Lost[promotionId] = now;

    /// <summary>The write whose response was lost has taken effect.</summary>
    public void ResolveLost(string promotionId) => Lost.TryRemove(promotionId, out _);

    /// <summary>Waits until no earlier write on a promotion can still take effect, so that none overwrites the next one.</summary>
    public async Task WaitForLostAsync(string promotionId, IClock clock, TimeSpan window, CancellationToken cancellationToken)
    {
        if (Lost.TryGetValue(promotionId, out DateTimeOffset time))
        {
            TimeSpan rest = time + window - clock.UtcNow;
            if (rest > TimeSpan.Zero)
            {
                await clock.DelayAsync(rest, cancellationToken);
            }

            ResolveLost(promotionId);
        }
    }

    /// <summary>Keeps what a write has returned at a time.</summary>
    public void Keep(Promotion promotion, DateTimeOffset now) => Written[promotion.PromotionId] = (promotion, now);

    /// <summary>
    /// What the caller knows of a promotion: the one that was passed, or what this process has written since, which is no change by another
    /// client.
    /// </summary>
    public Promotion? Newest(Promotion? passed) =>
        passed is not null && Written.TryGetValue(passed.PromotionId, out var written) && !(passed.UpdatedAt > written.Promotion.UpdatedAt)
            ? written.Promotion
            : passed;

    /// <summary>
    /// What this process has written after <paramref name="since"/>; null if nothing. A read may still show what was before it.
    /// </summary>
    public Promotion? WrittenSince(string promotionId, DateTimeOffset since) =>
        Written.TryGetValue(promotionId, out var written) && written.Time > since ? written.Promotion : null;
}
