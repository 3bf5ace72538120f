using EpPromo.Sandbox.Wire;

namespace EpPromo.Sandbox.State;

/// <summary>What can be done with usages (contract section 6).</summary>
internal sealed class UsageOperations(StoreState state)
{
    /// <summary>Who used a promotion's codes, or one of them, in the order of use.</summary>
    /// <param name="promotionId">Which promotion's.</param>
    /// <param name="code">A code's id or text; null for all codes.</param>
    /// <exception cref="ApiError">404.</exception>
    public IReadOnlyList<SandboxUsage> List(string promotionId, string? code = null) => state.Do(_ =>
    {
        PromotionState promotion = state.Find(promotionId);
        if (code is null)
        {
            return (IReadOnlyList<SandboxUsage>)[.. promotion.Usages];
        }

        SandboxCode used = promotion.Codes.FindByIdOrText(code) ?? throw ApiError.NotFound("Code");
        return [.. promotion.Usages.Where(usage => usage.CodeId == used.Id)];
    });

    /// <summary>Adds a use of a code.</summary>
    /// <exception cref="ApiError">404.</exception>
    public SandboxUsage Add(string promotionId, string code, Func<SandboxUsage, SandboxUsage> change) => state.Do(now =>
    {
        PromotionState promotion = state.Find(promotionId);
        SandboxCode used = promotion.Codes.Find(code) ?? throw ApiError.NotFound("Code");
        SeededRandom random = SeededRandom.For(state.Options.Seed, "usage" + promotionId, promotion.Usages.Count);
        SandboxUsage usage = change(new SandboxUsage
        {
            Id = random.NextGuid(),
            OrderId = random.NextGuid(),
            CodeId = used.Id,
            Code = used.Code,
            TimesUsed = 1,
            UsedOn = now,
            CustomerId = random.NextGuid(),
            Anonymized = false,
            UpdatedAt = now,
        });
        promotion.Usages.Add(usage);
        return usage;
    });

    /// <summary>Forgets who the customers of these usages were. All or none: what becomes of the others is not published.</summary>
    /// <returns>The usages as they are now, in the order asked for.</returns>
    /// <exception cref="ApiError">404 with the ids that are not there.</exception>
    public IReadOnlyList<SandboxUsage> Anonymize(IEnumerable<string> usageIds) => state.Do(now =>
    {
        var places = new List<(List<SandboxUsage> Usages, int Index)>();
        var unknown = new List<string>();
        foreach (string id in usageIds.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (Place(id) is { } place)
            {
                places.Add(place);
            }
            else
            {
                unknown.Add(id);
            }
        }

        if (unknown.Count > 0)
        {
            throw ApiError.UsagesNotFound(unknown);
        }

        foreach ((List<SandboxUsage> usages, int index) in places)
        {
            usages[index] = usages[index] with
            {
                CustomerEmail = SandboxUsage.Anonymous,
                Anonymized = true,
                UpdatedBy = SandboxStore.User,
                UpdatedAt = now,
            };
        }

        return (IReadOnlyList<SandboxUsage>)[.. places.Select(place => place.Usages[place.Index])];
    });

    private (List<SandboxUsage> Usages, int Index)? Place(string usageId)
    {
        if (Guid.TryParse(usageId, out Guid id))
        {
            foreach (List<SandboxUsage> usages in state.Promotions.Select(promotion => promotion.Usages))
            {
                int index = usages.FindIndex(usage => usage.Id == id);
                if (index >= 0)
                {
                    return (usages, index);
                }
            }
        }

        return null;
    }
}
