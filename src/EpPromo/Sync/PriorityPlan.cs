using EpPromo.Text;

namespace EpPromo.Sync;

/// <summary>
/// The priorities that promotions are to have, of which no two can be the same: in which order they are written, so that a priority is free
/// when another promotion gets it, and which cannot be.
/// </summary>
internal sealed class PriorityPlan
{
    private readonly Dictionary<int, Promotion> _now = [];
    private readonly Dictionary<string, DesiredPromotion> _desiredById = new(StringComparer.Ordinal);
    private readonly Func<DesiredPromotion, Promotion?> _current;

    /// <summary>The plan for a store.</summary>
    /// <param name="all">The promotions of the store.</param>
    /// <param name="desired">How some of them should be, and new ones.</param>
    /// <param name="current">Callback: the promotion as the store has it, or null.</param>
    public PriorityPlan(IReadOnlyList<Promotion> all, IReadOnlyList<DesiredPromotion> desired, Func<DesiredPromotion, Promotion?> current)
    {
        _current = current;
        foreach (Promotion promotion in all)
        {
            if (promotion.Priority is { } priority)
            {
                _now[priority] = promotion;
            }
        }

        foreach (DesiredPromotion promotion in desired)
        {
            if (current(promotion) is { } existing)
            {
                _desiredById[existing.PromotionId] = promotion;
            }
        }

        List<DesiredPromotion> ordered = [];
        foreach (DesiredPromotion promotion in desired)
        {
            Add(promotion, ordered, []);
        }

        Ordered = ordered;
    }

    /// <summary>The desired promotions, each after the one that has its priority now.</summary>
    public IReadOnlyList<DesiredPromotion> Ordered { get; }

    /// <summary>Throws if another promotion has the priority and keeps it.</summary>
    /// <exception cref="EpPromoException">Its error id is that of a priority that is in use.</exception>
    public void ThrowIfTaken(DesiredPromotion promotion)
    {
        if (HolderOf(promotion) is { } holder
            && (!_desiredById.TryGetValue(holder.PromotionId, out DesiredPromotion? other) || !Frees(other, promotion.Fields.Priority!.Value)))
        {
            throw new EpPromoException(
                ErrorKind.Refused, nameof(SR.DuplicatePriority),
                MessageText.Of(SR.DetailPriorityOf, holder.Name, promotion.Fields.Priority));
        }
    }

    private static bool Frees(DesiredPromotion holder, int priority) => holder.Fields.Priority is { } next && next != priority;

    /// <summary>The other promotion that has the desired priority now, or null.</summary>
    private Promotion? HolderOf(DesiredPromotion promotion) =>
        promotion.Fields.Priority is { } priority && _now.TryGetValue(priority, out Promotion? holder)
        && holder.PromotionId != _current(promotion)?.PromotionId
            ? holder
            : null;

    private void Add(DesiredPromotion promotion, List<DesiredPromotion> ordered, HashSet<string> waiting)
    {
        if (ordered.Contains(promotion) || !waiting.Add(promotion.Name))
        {
            return;
        }

        if (HolderOf(promotion) is { } holder && _desiredById.TryGetValue(holder.PromotionId, out DesiredPromotion? first))
        {
            Add(first, ordered, waiting);
        }

        ordered.Add(promotion);
    }
}
