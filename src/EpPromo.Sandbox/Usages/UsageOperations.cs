using EpPromo.Sandbox.Errors;
using EpPromo.Sandbox.Promotions;
using EpPromo.Sandbox.Store;

namespace EpPromo.Sandbox.Usages;

/// <summary>The operations on usages (contract section 6).</summary>
internal sealed class UsageOperations(StoreState state)
{
    /// <summary>The usages of a promotion's codes, or of one code, in the order in which they were added.</summary>
    /// <param name="promotionId">The promotion.</param>
    /// <param name="code">The id or the text of a code; null for all codes.</param>
    /// <exception cref="ErrorResponseException">404.</exception>
    public IReadOnlyList<SandboxUsage> List(string promotionId, string? code = null) => state.Execute(_ =>
    {
        PromotionState promotion = state.Find(promotionId);
        if (code is null)
        {
            return (IReadOnlyList<SandboxUsage>)[.. promotion.Usages];
        }

        SandboxCode used = promotion.Codes.FindByIdOrText(code) ?? throw ErrorResponses.NotFound("Code");
        return [.. promotion.Usages.Where(usage => usage.CodeId == used.Id)];
    });

    /// <summary>Adds a usage of a code.</summary>
    /// <exception cref="ErrorResponseException">404.</exception>
    public SandboxUsage Add(string promotionId, string code, Func<SandboxUsage, SandboxUsage> change) => state.Execute(now =>
    {
        PromotionState promotion = state.Find(promotionId);
        SandboxCode used = promotion.Codes.Find(code) ?? throw ErrorResponses.NotFound("Code");
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
        promotion.AddUsage(usage);
        return usage;
    });

    /// <summary>
    /// Anonymizes all of the usages. If an id is unknown, what the API does with the others is not documented:
    /// <see cref="SandboxOptions.AnonymizesDespiteUnknownUsages"/>.
    /// </summary>
    /// <returns>The anonymized usages, in the order of the ids.</returns>
    /// <exception cref="ErrorResponseException">404 with the unknown ids.</exception>
    public IReadOnlyList<SandboxUsage> Anonymize(IEnumerable<string> usageIds) => state.Execute(now =>
    {
        var found = new List<(List<SandboxUsage> Usages, int Index)>();
        var unknown = new List<string>();
        foreach (string id in usageIds.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (Find(id) is { } location)
            {
                found.Add(location);
            }
            else
            {
                unknown.Add(id);
            }
        }

        if (unknown.Count > 0 && !state.Options.AnonymizesDespiteUnknownUsages)
        {
            throw ErrorResponses.UsagesNotFound(unknown);
        }

        foreach ((List<SandboxUsage> usages, int index) in found)
        {
            usages[index] = usages[index] with
            {
                CustomerEmail = SandboxUsage.Anonymous,
                Anonymized = true,
                UpdatedBy = SandboxStore.User,
                UpdatedAt = now,
            };
        }

        return unknown.Count > 0
            ? throw ErrorResponses.UsagesNotFound(unknown)
            : (IReadOnlyList<SandboxUsage>)[.. found.Select(location => location.Usages[location.Index])];
    });

    private (List<SandboxUsage> Usages, int Index)? Find(string usageId)
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
