using EpPromo.Api;
using EpPromo.Promotions;

namespace EpPromo.UnitTests.Promotions;

/// <summary>The directory of a store's promotions: how often it is read, and which promotion a name or an id means.</summary>
public class PromotionLookupTests
{
    private const string SummerId = "11111111-0000-0000-0000-000000000001";
    private const string OtherId = "11111111-0000-0000-0000-000000000002";

    private readonly FakeClock _clock = new() { AutoAdvances = false };
    private readonly ListApi _api = new();
    private readonly PromotionDirectory _directory;

    public PromotionLookupTests()
    {
        _directory = new PromotionDirectory(_clock, PromotionKind.Rule, TimeSpan.Zero);
        Add(SummerId, "Summer Sale");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Summer Sale")]
    [InlineData(" SUMMER sale ")]
    [InlineData(SummerId)]
    public async Task A_promotion_is_found_by_its_name_in_any_case_and_by_its_id(string text)
    {
        PromotionIdentity found = await FindAsync(text);

        Assert.Equal((SummerId, "Summer Sale"), (found.PromotionId, found.PromotionName));
        Assert.NotNull(found.Details);
    }

    [Fact]
    public async Task Callers_at_the_same_time_share_one_list()
    {
        _api.Gate = new TaskCompletionSource();
        Task<PromotionIdentity>[] finds = [.. Enumerable.Range(0, 50).Select(_ => FindAsync("summer sale"))];
        _api.Gate.SetResult();

        Assert.All(await Task.WhenAll(finds), found => Assert.Equal(SummerId, found.PromotionId));
        Assert.Equal(1, _api.Lists);
    }

    [Fact]
    public async Task The_list_is_kept_for_five_minutes()
    {
        await FindAsync("Summer Sale");
        _clock.Time.Advance(TimeSpan.FromSeconds(299));
        await FindAsync("Summer Sale");
        Assert.Equal(1, _api.Lists);

        _clock.Time.Advance(TimeSpan.FromSeconds(1));
        await FindAsync("Summer Sale");
        Assert.Equal(2, _api.Lists);
    }

    [Fact]
    public async Task A_missing_name_is_looked_up_again_if_the_list_is_a_few_seconds_old()
    {
        await FindAsync("Summer Sale");
        Add(OtherId, "Winter Sale");
        await AssertFailsAsync("PromotionNameNotFound", "Winter Sale");
        Assert.Equal(1, _api.Lists);

        _clock.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(OtherId, (await FindAsync("Winter Sale")).PromotionId);
        Assert.Equal(2, _api.Lists);
    }

    [Fact]
    public async Task A_list_that_fails_leaves_ids_usable_and_is_not_repeated_for_minutes()
    {
        _api.Error = new EpPromoException(ErrorKind.PermissionDenied, nameof(SR.Forbidden), "no");

        PromotionIdentity byText = await FindAsync(SummerId.ToUpperInvariant());
        PromotionIdentity byId = await _directory.FindByIdAsync(OtherId, _api, Token);

        Assert.Equal((SummerId, ""), (byText.PromotionId, byText.PromotionName));
        Assert.Equal((OtherId, ""), (byId.PromotionId, byId.PromotionName));
        Assert.Equal(1, _api.Lists);
        await AssertFailsAsync("Forbidden", "Summer Sale");

        _api.Error = null;
        _clock.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("Summer Sale", (await _directory.FindByIdAsync(SummerId, _api, Token)).PromotionName);
    }

    [Fact]
    public async Task A_slow_list_delays_an_id_for_ten_seconds_only()
    {
        _api.Gate = new TaskCompletionSource();
        Task<PromotionIdentity> find = _directory.FindByIdAsync(SummerId, _api, Token);
        Assert.False(find.IsCompleted);

        _clock.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal((SummerId, ""), ((await find).PromotionId, (await find).PromotionName));
    }

    [Fact]
    public async Task A_cancelled_caller_gets_no_promotion()
    {
        _api.Gate = new TaskCompletionSource();
        using CancellationTokenSource stop = new();
        Task<PromotionIdentity> find = _directory.FindByIdAsync(SummerId, _api, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => find);
    }

    [Fact]
    public async Task A_name_of_several_promotions_is_an_error_with_their_ids()
    {
        Add(OtherId, "summer SALE");

        EpPromoException error = await AssertFailsAsync("AmbiguousPromotion", "Summer Sale");

        Assert.Contains(SummerId, error.Message, StringComparison.Ordinal);
        Assert.Contains(OtherId, error.Message, StringComparison.Ordinal);
        Assert.Equal(OtherId, (await FindAsync(OtherId)).PromotionId);
    }

    [Fact]
    public async Task A_name_that_is_the_id_of_another_promotion_is_ambiguous()
    {
        Add(OtherId, SummerId);

        EpPromoException error = await AssertFailsAsync("AmbiguousPromotion", SummerId);

        Assert.Contains(OtherId, error.Message, StringComparison.Ordinal);
        Assert.Equal(SummerId, (await _directory.FindByIdAsync(SummerId, _api, Token)).PromotionId);
    }

    [Fact]
    public async Task A_name_in_place_of_an_id_is_an_error_that_says_so()
    {
        EpPromoException named = await Assert.ThrowsAsync<EpPromoException>(() => _directory.FindByIdAsync("Summer Sale", _api, Token));
        EpPromoException malformed = await Assert.ThrowsAsync<EpPromoException>(() => _directory.FindByIdAsync("no id!", _api, Token));

        Assert.Equal(["PromotionIdIsName", "BadId"], [named.ErrorId, malformed.ErrorId]);
    }

    [Fact]
    public async Task An_unknown_name_is_an_error_with_the_nearest_names()
    {
        EpPromoException near = await AssertFailsAsync("PromotionNameNotFound", "Sumer Sale");
        EpPromoException far = await AssertFailsAsync("PromotionNameNotFound", "Black Friday");

        Assert.Contains("'Summer Sale'", near.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Summer Sale", far.Message, StringComparison.Ordinal);
    }

    private void Add(string id, string name) => _api.Promotions.Add(new Promotion { PromotionId = id, Name = name });

    private Task<PromotionIdentity> FindAsync(string text) => _directory.FindAsync(text, _api, Token);

    private async Task<EpPromoException> AssertFailsAsync(string errorId, string text)
    {
        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => FindAsync(text));
        Assert.Equal(errorId, error.ErrorId);
        return error;
    }

    /// <summary>A store of promotions that counts its lists, can hold them back and can fail.</summary>
    private sealed class ListApi : StubApi
    {
        public List<Promotion> Promotions { get; } = [];

        public TaskCompletionSource? Gate { get; set; }

        public EpPromoException? Error { get; set; }

        public int Lists { get; private set; }

        public override async Task<Page<Promotion>> ListPromotionsAsync(string? nameLike, int offset, CancellationToken cancellationToken)
        {
            Lists++;
            if (Gate is { } gate)
            {
                await gate.Task.WaitAsync(cancellationToken);
            }

            return Error is null ? new Page<Promotion>([.. Promotions], 0, 100, Promotions.Count) : throw Error;
        }
    }
}
