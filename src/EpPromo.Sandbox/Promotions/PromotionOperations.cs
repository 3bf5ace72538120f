using EpPromo.Sandbox.Errors;
using EpPromo.Sandbox.Jobs;
using EpPromo.Sandbox.Store;

namespace EpPromo.Sandbox.Promotions;

/// <summary>The operations on promotions (contract section 6).</summary>
internal sealed class PromotionOperations(StoreState state)
{
    private const int MaxAutomatic = 50;

    /// <summary>The promotions that pass a filter, in the order of creation.</summary>
    /// <param name="passes">The filter; gets a promotion and a function that tells whether the promotion has a code.</param>
    public IReadOnlyList<SandboxPromotion> List(Func<SandboxPromotion, Func<string, bool>, bool> passes) => state.Execute(_ =>
        (IReadOnlyList<SandboxPromotion>)[.. state.Promotions.Where(p => passes(p.Resource, p.Codes.Contains)).Select(p => p.Resource)]);

    /// <exception cref="ErrorResponseException">404.</exception>
    public SandboxPromotion Get(string promotionId) => state.Execute(_ => state.Find(promotionId).Resource);

    /// <exception cref="ErrorResponseException">422 Duplicate Priority; 400 Too many automatic rule promotions.</exception>
    public SandboxPromotion Create(Func<SandboxPromotion, SandboxPromotion> change, string? id = null) => state.Execute(now =>
    {
        var blank = new SandboxPromotion
        {
            Id = id ?? SeededRandom.For(state.Options.Seed, "promotion", state.PromotionsCreated).NextGuid().ToString(),
            Name = "",
            CreatedAt = now,
            UpdatedAt = now,
        };
        SandboxPromotion created = change(blank);
        Validate(created, now);
        return state.Add(created).Resource;
    });

    /// <exception cref="ErrorResponseException">404; 422 Duplicate Priority; 400 Too many automatic rule promotions.</exception>
    public SandboxPromotion Update(string promotionId, Func<SandboxPromotion, SandboxPromotion> change) => state.Execute(now =>
    {
        PromotionState promotion = state.Find(promotionId);
        SandboxPromotion changed = change(promotion.Resource) with { UpdatedAt = now };
        Validate(changed, now);
        return promotion.Resource = changed;
    });

    /// <exception cref="ErrorResponseException">404.</exception>
    public bool Delete(string promotionId) => state.Execute(now =>
    {
        PromotionState promotion = state.Find(promotionId);
        foreach (JobState job in promotion.UnfinishedJobs.ToArray())
        {
            state.Scheduler.Abort(job, now);
        }

        state.Remove(promotion);
        state.Scheduler.AdvanceTo(now);
        return true;
    });

    private void Validate(SandboxPromotion changed, DateTimeOffset now)
    {
        IEnumerable<SandboxPromotion> others = state.Promotions.Select(p => p.Resource)
            .Where(p => p.Id != changed.Id && p.IsStandard == changed.IsStandard);
        if (changed.Priority is { } priority && others.Any(other => other.Priority == priority))
        {
            throw ErrorResponses.DuplicatePriority();
        }

        // Past promotions do not count (contract section 3). That disabled ones do is the stricter reading; it is not documented.
        bool Counts(SandboxPromotion promotion) => promotion.Automatic && !(promotion.End <= now);
        if (Counts(changed) && others.Count(Counts) >= MaxAutomatic)
        {
            throw ErrorResponses.TooManyAutomaticPromotions();
        }

        if (changed.Start is { } start && changed.End is { } end && end <= start)
        {
            throw ErrorResponses.InvalidFields([("/data/end", "end must be after start")]);
        }
    }
}
