using EpPromo.Sandbox.Errors;
using EpPromo.Sandbox.Promotions;
using EpPromo.Sandbox.Store;

namespace EpPromo.Sandbox.Usages;

/// <summary>Shoppers who use codes. Which ones they use, and when, follows from the seed.</summary>
internal sealed class Shoppers(StoreState state)
{
    private const int CustomersPerPromotion = 5000;

    private readonly UsageOperations _usages = new(state);

    /// <summary>Uses codes in orders, as long as there are codes with uses left.</summary>
    /// <param name="promotion">The name or the id of the promotion.</param>
    /// <param name="prefix">How the codes start; empty for all codes.</param>
    /// <param name="count">How many orders.</param>
    /// <param name="days">How many days back the orders are spread; 0 for now.</param>
    /// <returns>How many orders there were codes for.</returns>
    /// <exception cref="ErrorResponseException">404.</exception>
    public int Order(string promotion, string prefix, int count, int days) => state.Execute(now =>
    {
        PromotionState found = state.FindByIdOrName(promotion);
        SeededRandom random = SeededRandom.For(state.Options.Seed, "shoppers" + found.Id, found.Usages.Count);
        List<SandboxCode> usable =
        [
            .. found.Codes.Created.Where(code => code.Code.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && HasUsesLeft(found, code)),
        ];
        int used = 0;
        for (; used < count && usable.Count > 0; used++)
        {
            int picked = random.Next(usable.Count);
            SandboxCode code = usable[picked];
            TimeSpan age = days * random.NextDouble() * TimeSpan.FromDays(1);
            DateTimeOffset usedOn = now - age < code.CreatedAt ? code.CreatedAt : now - age;
            string customer = $"shopper{random.Next(CustomersPerPromotion) + 1}@example.com";
            _usages.Add(found.Id, code.Code, usage => usage with { CustomerEmail = customer, UsedOn = usedOn });
            if (!HasUsesLeft(found, code))
            {
                usable[picked] = usable[^1];
                usable.RemoveAt(usable.Count - 1);
            }
        }

        return used;
    });

    private static bool HasUsesLeft(PromotionState promotion, SandboxCode code) =>
        code.Terms.Uses is not { } uses || promotion.TimesUsed(code) < uses;
}
