using EpPromo.Sandbox.Wire;

namespace EpPromo.Sandbox.State;

/// <summary>What can be done with promotions (contract section 6).</summary>
internal sealed class PromotionOperations(StoreState state)
{
    private const int MostAutomatic = 50;

    /// <summary>The promotions that pass, in the order of creation.</summary>
    /// <param name="passes">Given the promotion and a way to ask whether it has a code.</param>
    public IReadOnlyList<SandboxPromotion> List(Func<SandboxPromotion, Func<string, bool>, bool> passes) => state.Do(_ =>
        (IReadOnlyList<SandboxPromotion>)[.. state.Promotions.Where(p => passes(p.Resource, p.Codes.Contains)).Select(p => p.Resource)]);

    /// <exception cref="ApiError">404.</exception>
    public SandboxPromotion Get(string promotionId) => state.Do(_ => state.Find(promotionId).Resource);

    /// <exception cref="ApiError">422 Duplicate Priority; 400 Too many automatic rule promotions.</exception>
    public SandboxPromotion Create(Func<SandboxPromotion, SandboxPromotion> change, string? id = null) => state.Do(now =>
    {
        var blank = new SandboxPromotion
        {
            Id = id ?? SeededRandom.For(state.Options.Seed, "promotion", state.PromotionsMade).NextGuid().ToString(),
            Name = "",
            CreatedAt = now,
            UpdatedAt = now,
        };
        SandboxPromotion made = change(blank);
        Check(made, now);
        return state.Add(made).Resource;
    });

    /// <exception cref="ApiError">404; 422 Duplicate Priority; 400 Too many automatic rule promotions.</exception>
    public SandboxPromotion Update(string promotionId, Func<SandboxPromotion, SandboxPromotion> change) => state.Do(now =>
    {
        PromotionState promotion = state.Find(promotionId);
        SandboxPromotion changed = change(promotion.Resource) with { UpdatedAt = now };
        Check(changed, now);
        return promotion.Resource = changed;
    });

    /// <exception cref="ApiError">404.</exception>
    public bool Delete(string promotionId) => state.Do(now =>
    {
        PromotionState promotion = state.Find(promotionId);
        foreach (JobState job in promotion.Unfinished.ToArray())
        {
            state.Scheduler.Drop(job, now);
        }

        state.Remove(promotion);
        state.Scheduler.CatchUp(now);
        return true;
    });

    private void Check(SandboxPromotion changed, DateTimeOffset now)
    {
        IEnumerable<SandboxPromotion> others = state.Promotions.Select(p => p.Resource).Where(p => p.Id != changed.Id);
        if (changed.Priority is { } priority && others.Any(other => other.Priority == priority))
        {
            throw ApiError.DuplicatePriority();
        }

        // Those that are over do not count (contract section 3); that disabled ones do, is the more cautious reading.
        bool Counts(SandboxPromotion promotion) => promotion.Automatic && !(promotion.End <= now);
        if (Counts(changed) && others.Count(Counts) >= MostAutomatic)
        {
            throw ApiError.TooManyAutomatic();
        }

        if (changed.Start is { } start && changed.End is { } end && end <= start)
        {
            throw ApiError.Invalid([("/data/end", "end must be after start")]);
        }
    }
}
