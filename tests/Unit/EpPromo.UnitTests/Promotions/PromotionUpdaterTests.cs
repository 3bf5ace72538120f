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
        Store store = new() { LostWrites = 1 };

        PromotionUpdate update = await store.UpdateAsync(new() { RuleSet = Rules("""{"a":1}""") });

        Assert.Equal((1, "RuleSet"), (store.Writes, Assert.Single(update.Changed).Name));
        Assert.Equal("""{"a":1,"filled":true}""", update.Promotion.RuleSet!.ToString());
    }

    [Fact]
    public async Task A_field_of_the_rules_is_removed_although_the_response_was_lost()
    {
        Store store = new() { LostWrites = 1, Current = new() { PromotionId = "p", RuleSet = Rules("""{"a":1,"b":2}""") }, CarriesOutLost = false };

        await store.UpdateAsync(new() { RuleSet = Rules("""{"a":1}""") });

        Assert.Equal(2, store.Writes);
        Assert.Equal("""{"a":1,"filled":true}""", store.Current.RuleSet!.ToString());
    }

    /// <summary>One that is processed late would overwrite the next one.</summary>
    [Fact]
    public async Task The_next_change_waits_until_a_lost_one_can_have_no_effect_any_more()
    {
        Store store = new() { LostWrites = 1, CarriesOutLost = false };
        await store.UpdateAsync(new() { RuleSet = Rules("""{"a":1}""") });
        TimeSpan before = store.Waited;

        await store.UpdateAsync(new() { RuleSet = Rules("""{"a":2}""") });
        TimeSpan first = store.Waited - before;
        await store.UpdateAsync(new() { RuleSet = Rules("""{"a":3}""") });

        Assert.InRange(first, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(60));
        Assert.Equal(before + first, store.Waited);
        Assert.Equal(4, store.Writes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_the_last_lost_response_the_promotion_is_read_once_more(bool carriesOutLast)
    {
        Store store = new() { LostWrites = 6, CarriesOutLost = false, CarriesOutLast = carriesOutLast };
        Task<PromotionUpdate> update = store.UpdateAsync(new() { RuleSet = Rules("""{"a":1}""") });

        if (carriesOutLast)
        {
            Assert.Equal("""{"a":1,"filled":true}""", (await update).Promotion.RuleSet!.ToString());
        }
        else
        {
            Assert.Equal("WriteUncertain", (await Assert.ThrowsAsync<UncertainResultException>(() => update)).ErrorId);
        }

        Assert.Equal(6, store.Writes);
    }

    private static PromotionRuleSet Rules(string json) => new((OrderedDictionary)new DocumentReader().ReadJson(json)!);

    /// <summary>A store that fills in a field of rules.</summary>
    private sealed class Store : StubApi, IFakeApi
    {
        private readonly FakeClock _clock = new();
        private readonly PromotionWrites _writes = new();
        private readonly DateTimeOffset _start;

        public Store() => _start = _clock.UtcNow;

        public Promotion Current { get; set; } = new() { PromotionId = "p", RuleSet = Rules("""{"old":true}""") };

        /// <summary>How many writes lose their response.</summary>
        public int LostWrites { get; init; }

        public bool CarriesOutLost { get; init; } = true;

        /// <summary>Whether the last lost write is carried out although the others are not.</summary>
        public bool CarriesOutLast { get; init; }

        public TimeSpan Waited => _clock.UtcNow - _start;

        public int Writes { get; private set; }

        public Task<PromotionUpdate> UpdateAsync(PromotionFields wanted) =>
            new PromotionUpdater(this, _clock, new SimulatedRandom(1), _writes, TimeSpan.FromMinutes(1))
                .UpdateAsync("p", wanted, Current, TestContext.Current.CancellationToken);

        public override Task<Promotion> GetPromotionAsync(string promotionId, CancellationToken cancellationToken) => Task.FromResult(Current);

        Task<Promotion> IPromotionApi.UpdatePromotionAsync(string promotionId, PromotionFields fields, CancellationToken cancellationToken)
        {
            Writes++;
            bool isLost = Writes <= LostWrites;
            if (!isLost || CarriesOutLost || (CarriesOutLast && Writes == LostWrites))
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
