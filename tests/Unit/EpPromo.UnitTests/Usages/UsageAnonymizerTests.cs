using EpPromo.Usages;

namespace EpPromo.UnitTests.Usages;

/// <summary>Usages are anonymized in batches; those that do not exist are reported one by one, and the others are anonymized.</summary>
public sealed class UsageAnonymizerTests
{
    private readonly List<string> _anonymized = [];
    private readonly List<(string Id, string ErrorId)> _missing = [];

    [Fact]
    public async Task Each_request_has_at_most_a_hundred_usages_each_once()
    {
        FakeUsageStore store = Store(250);

        await AnonymizeAsync(store, [.. Enumerable.Range(0, 250).Select(i => $"u{i}"), "u7", "U7"]);

        Assert.Equal([100, 100, 50], store.Batches.Select(batch => batch.Count));
        Assert.Equal(250, _anonymized.Count);
        Assert.All(store.Usages, usage => Assert.Equal("**", usage.CustomerEmail));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task Unknown_usages_are_errors_and_the_others_are_anonymized(bool listsUnknownIds, bool anonymizesDespiteUnknown)
    {
        FakeUsageStore store = Store(150, listsUnknownIds, anonymizesDespiteUnknown);

        await AnonymizeAsync(store, ["x1", .. Enumerable.Range(0, 120).Select(i => $"u{i}"), "x2", "x3"]);

        Assert.Equal([("x1", "UsageNotFound"), ("x2", "UsageNotFound"), ("x3", "UsageNotFound")], _missing.Order());
        Assert.Equal(Enumerable.Range(0, 120).Select(i => $"u{i}").Order(), _anonymized.Order());
        Assert.Equal(120, store.Usages.Count(usage => usage.Anonymized));
        Assert.All(store.Usages.Skip(120), usage => Assert.False(usage.Anonymized));
        Assert.InRange(store.Batches.Count, 2, listsUnknownIds ? 4 : 30);
    }

    [Fact]
    public async Task A_usage_that_the_response_lacks_is_not_taken_for_anonymized()
    {
        await AnonymizeAsync(new ForgetfulStore(), ["u1", "u2"]);

        Assert.Equal(["u1"], _anonymized);
        Assert.Equal(("u2", "UsageNotConfirmed"), Assert.Single(_missing));
    }

    /// <summary>For example if the address of the store is wrong: nothing is known about the usages then.</summary>
    [Fact]
    public async Task A_404_without_the_words_of_the_API_says_nothing_about_usages()
    {
        await Assert.ThrowsAsync<ApiException>(() => AnonymizeAsync(new GatewayStore(), ["u1"]));

        Assert.Empty(_missing);
    }

    private static FakeUsageStore Store(int count, bool listsUnknownIds = true, bool anonymizesDespiteUnknown = false)
    {
        FakeUsageStore store = new() { ListsUnknownIds = listsUnknownIds, AnonymizesDespiteUnknown = anonymizesDespiteUnknown };
        store.Usages.AddRange(Enumerable.Range(0, count).Select(i => FakeUsageStore.Usage(i)));
        return store;
    }

    private Task AnonymizeAsync(IUsageApi store, string[] ids) => new UsageAnonymizer(
        store,
        usage =>
        {
            _anonymized.Add(usage.UsageId);
            return Task.CompletedTask;
        },
        (id, error) =>
        {
            _missing.Add((id, error.ErrorId));
            return Task.CompletedTask;
        }).AnonymizeAsync(ids, TestContext.Current.CancellationToken);

    private sealed class ForgetfulStore : StubUsageApi
    {
        public override Task<IReadOnlyList<PromotionUsage>> AnonymizeAsync(IReadOnlyList<string> usageIds, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<PromotionUsage>>([FakeUsageStore.Usage(1), FakeUsageStore.Usage(9)]);
    }

    private sealed class GatewayStore : StubUsageApi
    {
        public override Task<IReadOnlyList<PromotionUsage>> AnonymizeAsync(IReadOnlyList<string> usageIds, CancellationToken cancellationToken) =>
            throw new ApiException(ErrorKind.NotFound, nameof(SR.NotFound), new ApiError { StatusCode = 404, IsExplained = false }, "404");
    }
}
