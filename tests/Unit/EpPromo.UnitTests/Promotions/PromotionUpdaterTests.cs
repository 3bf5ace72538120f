using System.Collections.Specialized;
using EpPromo.Http.Documents;
using EpPromo.Promotions;
using EpPromo.UnitTests.Simulation;

namespace EpPromo.UnitTests.Promotions;

/// <summary>What a change sends, and what it takes for a change by another client.</summary>
public class PromotionUpdaterTests
{
    [Fact]
    public async Task Rules_that_the_store_has_completed_are_those_that_were_sent()
    {
        Store store = new() { LosesFirst = true };

        PromotionUpdate update = await store.UpdateAsync(new() { RuleSet = Rules("""{"a":1}""") });

        Assert.Equal((1, "RuleSet"), (store.Writes, Assert.Single(update.Changed).Name));
        Assert.Equal("""{"a":1,"filled":true}""", update.Promotion.RuleSet!.ToString());
    }

    [Fact]
    public async Task A_field_of_the_rules_is_removed_although_the_response_was_lost()
    {
        Store store = new() { LosesFirst = true, Current = new() { PromotionId = "p", RuleSet = Rules("""{"a":1,"b":2}""") }, CarriesOutFirst = false };

        await store.UpdateAsync(new() { RuleSet = Rules("""{"a":1}""") });

        Assert.Equal(2, store.Writes);
        Assert.Equal("""{"a":1,"filled":true}""", store.Current.RuleSet!.ToString());
    }

    private static PromotionRuleSet Rules(string json) => new((OrderedDictionary)new DocumentReader().ReadJson(json)!);

    /// <summary>A store that fills in a field of rules.</summary>
    private sealed class Store : StubApi, IFakeApi
    {
        private readonly FakeClock _clock = new();

        public Promotion Current { get; set; } = new() { PromotionId = "p", RuleSet = Rules("""{"old":true}""") };

        public bool LosesFirst { get; init; }

        public bool CarriesOutFirst { get; init; } = true;

        public int Writes { get; private set; }

        public Task<PromotionUpdate> UpdateAsync(PromotionFields wanted) => new PromotionUpdater(this, _clock, new SimulatedRandom(1), new PromotionWrites(), TimeSpan.Zero)
            .UpdateAsync("p", wanted, Current, TestContext.Current.CancellationToken);

        public override Task<Promotion> GetPromotionAsync(string promotionId, CancellationToken cancellationToken) => Task.FromResult(Current);

        Task<Promotion> IPromotionApi.UpdatePromotionAsync(string promotionId, PromotionFields fields, CancellationToken cancellationToken)
        {
            Writes++;
            bool isLost = LosesFirst && Writes == 1;
            if (!isLost || CarriesOutFirst)
            {
                OrderedDictionary rules = new(StringComparer.Ordinal);
                foreach (string key in fields.RuleSet!.Keys)
                {
                    rules[key] = fields.RuleSet[key];
                }

                rules["filled"] = true;
                Current = new(Current) { RuleSet = new(rules) };
            }

            return isLost ? throw new UncertainResultException("PUT", "no response") : Task.FromResult(Current);
        }
    }
}
