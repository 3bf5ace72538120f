using EpPromo.Api;
using EpPromo.Codes;
using EpPromo.Promotions;
using EpPromo.Stores;

namespace EpPromo.UnitTests.Promotions;

/// <summary>Which promotions have a code, whatever the store makes of the filter.</summary>
public class CodePromotionFinderTests
{
    [Theory]
    [InlineData("heeds")]
    [InlineData("ignores")]
    [InlineData("rejects")]
    public async Task What_the_filter_returns_is_checked(string store)
    {
        FilteringStore api = new(store);
        List<string> found = [];

        await new CodePromotionFinder(new StoreApi(api, api, api, null!)).FindAsync(
            "it's",
            promotion =>
            {
                found.Add(promotion.PromotionId);
                return Task.CompletedTask;
            },
            TestContext.Current.CancellationToken);

        Assert.Equal(["p2"], found);
    }

    private sealed class FilteringStore(string behaviour) : StubApi, IFakeApi
    {
        public override Task<Page<Promotion>> ListPromotionsAsync(string? nameLike, int offset, CancellationToken cancellationToken) =>
            Task.FromResult(new Page<Promotion>([Make("p1"), Make("p2"), new() { PromotionId = "p3", Automatic = true }], 0, 100, 3));

        Task<Page<Promotion>> IPromotionApi.ListPromotionsWithCodeAsync(string code, int offset, CancellationToken cancellationToken) => behaviour switch
        {
            "rejects" => throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadFilter), code),
            "ignores" => ListPromotionsAsync(null, offset, cancellationToken),
            _ => Task.FromResult(code == "IT'S" ? new Page<Promotion>([Make("p2")], 0, 100, 1) : new Page<Promotion>([], 0, 100, 0)),
        };

        Task<PromotionCode?> ICodeApi.FindCodeAsync(string promotionId, string code, CancellationToken cancellationToken) =>
            Task.FromResult(promotionId == "p2" && code == "IT'S" ? new PromotionCode(new ListedCode()) : null);

        private static Promotion Make(string id) => new() { PromotionId = id };
    }
}
