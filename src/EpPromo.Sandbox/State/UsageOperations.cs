using EpPromo.Sandbox.Wire;

namespace EpPromo.Sandbox.State;

/// <summary>What can be done with usages (contract section 6).</summary>
internal sealed class UsageOperations(StoreState state)
{
    /// <summary>Who used a promotion's codes, or one of them, in the order of use.</summary>
    /// <exception cref="ApiError">404.</exception>
    public IReadOnlyList<SandboxUsage> List(string promotionId, string? codeId = null) => state.Do(_ =>
    {
        PromotionState promotion = state.Find(promotionId);
        if (codeId is null)
        {
            return (IReadOnlyList<SandboxUsage>)[.. promotion.Usages];
        }

        SandboxCode code = (Guid.TryParse(codeId, out Guid id) ? promotion.Codes.Find(id) : null) ?? throw ApiError.NotFound("Code");
        return [.. promotion.Usages.Where(usage => usage.CodeId == code.Id)];
    });

    /// <summary>Adds a use of a code.</summary>
    /// <exception cref="ApiError">404.</exception>
    public SandboxUsage Add(string promotionId, string code, string name, string email, DateTimeOffset? usedOn) => state.Do(now =>
    {
        PromotionState promotion = state.Find(promotionId);
        SandboxCode used = promotion.Codes.Find(code) ?? throw ApiError.NotFound("Code");
        Guid id = SeededRandom.For(state.Options.Seed, "usage" + promotionId, promotion.Usages.Count).NextGuid();
        var usage = new SandboxUsage(id, used.Id, used.Code, usedOn ?? now, name, email);
        promotion.Usages.Add(usage);
        return usage;
    });

    /// <summary>Forgets who the shoppers of these usages were. Ids that are not there count for nothing.</summary>
    public int Anonymize(IEnumerable<string> usageIds) => state.Do(_ =>
    {
        var ids = usageIds.ToHashSet(StringComparer.OrdinalIgnoreCase);
        int count = 0;
        foreach (List<SandboxUsage> usages in state.Promotions.Select(promotion => promotion.Usages))
        {
            for (int i = 0; i < usages.Count; i++)
            {
                if (ids.Contains(usages[i].Id.ToString()))
                {
                    usages[i] = usages[i] with { ShopperName = "", ShopperEmail = "" };
                    count++;
                }
            }
        }

        return count;
    });
}
