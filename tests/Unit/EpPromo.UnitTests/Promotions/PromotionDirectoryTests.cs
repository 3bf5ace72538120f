using EpPromo.Api;
using EpPromo.Http;
using EpPromo.Promotions;
using EpPromo.Stores;
using EpPromo.Time;
using EpPromo.UnitTests.Http;

namespace EpPromo.UnitTests.Promotions;

/// <summary>A name means the promotion that has it now, as far as the session has seen it; a shared list is read by whoever still needs it.</summary>
public sealed class PromotionDirectoryTests
{
    private const string First = "11111111-aaaa-4aaa-8aaa-111111111111";
    private const string Second = "22222222-aaaa-4aaa-8aaa-222222222222";

    private readonly FakeClock _clock = new() { AutoAdvances = false };
    private readonly Store _store = new();
    private readonly PromotionDirectory _directory;

    public PromotionDirectoryTests() => _directory = new PromotionDirectory(_clock, PromotionKind.Rule, TimeSpan.FromMinutes(1));

    [Fact]
    public async Task A_name_is_not_that_of_a_promotion_of_which_the_session_has_seen_another_name()
    {
        _store.Promotions = [Named(First, "Summer"), Named(Second, "Winter")];
        Assert.Equal(First, await FindAsync("summer"));
        _store.Promotions = [Named(First, "Summer 2025"), Named(Second, "Summer")];
        _clock.Advance(TimeSpan.FromMinutes(1));

        // Get-EpPromotion shows it.
        _directory.Keep(Named(Second, "Summer"));

        Assert.Equal(Second, await FindAsync("summer"));
        Assert.Equal(2, _store.Lists);
    }

    [Fact]
    public async Task A_second_promotion_of_a_name_that_the_session_has_seen_makes_the_name_ambiguous()
    {
        _store.Promotions = [Named(First, "Summer")];
        Assert.Equal(First, await FindAsync("Summer"));
        _store.Promotions = [Named(First, "Summer"), Named(Second, "Summer")];
        _clock.Advance(TimeSpan.FromMinutes(1));
        _directory.Keep(Named(Second, "Summer"));

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => FindAsync("Summer"));

        Assert.Equal(nameof(SR.AmbiguousPromotion), error.ErrorId);
    }

    [Fact]
    public async Task A_list_shows_what_the_session_has_written_although_it_lags_behind()
    {
        _store.Promotions = [Named(First, "Summer")];
        _directory.KeepWritten(Named(Second, "Winter"));
        _directory.Forget(First);

        Assert.Equal([Second], (await _directory.ListAsync(TimeSpan.Zero, _store, CancellationToken.None)).Select(one => one.PromotionId));

        // After that time a list is no longer behind: somebody else has deleted the one, and the other one was not deleted after all.
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal([First], (await _directory.ListAsync(TimeSpan.Zero, _store, CancellationToken.None)).Select(one => one.PromotionId));
    }

    /// <summary>A second promotion would be created if the first one were missed.</summary>
    [Fact]
    public async Task A_store_whose_lists_lag_for_minutes_keeps_what_was_written_as_long_as_its_consistency_window()
    {
        StoreOptions options = new()
        {
            BaseUri = StoreAddress.UsEast,
            Credential = StoreCredential.FromClient(TestStore.ClientId, TestStore.Secret(TestStore.ClientSecret)),
            ConsistencyWindow = TimeSpan.FromMinutes(5),
        };
        using EpStore store = new(options, new StoreConnection(options, _clock, new SystemRandom()), _clock, new SystemRandom());
        StoreSection section = store.Section(PromotionKind.Rule);
        PromotionWriter writer = new(_store, section, () => _clock.UtcNow);
        section.Directory.KeepWritten(Named(First, "Summer"));
        _clock.Advance(TimeSpan.FromMinutes(4));

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(
            () => writer.CheckNewAsync(new PromotionFields { Name = "Summer" }, allowSameName: false, TestContext.Current.CancellationToken));

        Assert.Equal(nameof(SR.PromotionExists), error.ErrorId);
    }

    [Fact]
    public async Task An_object_that_a_script_has_kept_for_long_does_not_replace_what_is_known()
    {
        _store.Promotions = [Named(First, "Summer 2026")];
        await FindAsync("Summer 2026");

        _directory.KeepUnlessKnown(Named(First, "Summer 2025"));

        Assert.Equal("Summer 2026", _directory.Identify(First).PromotionName);
        await FindAsync("Summer 2026");
        Assert.Equal(1, _store.Lists);
    }

    [Fact]
    public async Task The_end_of_one_caller_does_not_end_the_reading_for_the_others()
    {
        _store.Promotions = [Named(First, "Summer")];
        _store.IsHeld = new TaskCompletionSource();
        using CancellationTokenSource stop = new();
        Task<PromotionIdentity> stopped = _directory.FindAsync("Summer", _store, stop.Token);
        Task<string> other = FindAsync("Summer");

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
        _store.IsHeld.SetResult();

        Assert.Equal(First, await other);
    }

    [Theory]
    [InlineData("Summer", "Summer_Sale", true)]
    [InlineData("Summer_Sale", "Summer", true)]
    [InlineData("Summer_Sale", "summer", true)]
    [InlineData("Summer", "summer", true)]
    [InlineData("Summer", "Summer Sale", false)]
    [InlineData("Summer_Sale", "Summer_Salt", false)]
    public async Task A_file_name_that_ends_where_another_promotion_has_an_underscore_is_shared(string name, string other, bool isShared)
    {
        // Promotion "Summer" with run "Sale_1" and promotion "Summer_Sale" with run "1" would have the same file.
        Promotion promotion = Named(First, name);
        _store.Promotions = [promotion, Named(Second, other)];

        Assert.Equal((PromotionIdentity.Of(promotion), !isShared), await FindForFileAsync(First));
    }

    /// <summary>The same codes have the same file next time, so chance must not decide about its name.</summary>
    [Fact]
    public async Task A_slow_list_delays_the_name_of_a_file_and_does_not_change_it()
    {
        _store.Promotions = [Named(First, "Summer")];
        _store.IsHeld = new TaskCompletionSource();
        Task<PromotionIdentity> optional = _directory.FindByIdAsync(First, _store, TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("", (await optional).PromotionName);

        Task<(PromotionIdentity Promotion, bool IsUnique)> forFile = FindForFileAsync(First);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(forFile.IsCompleted);
        _store.IsHeld.SetResult();

        Assert.Equal((PromotionIdentity.Of(_store.Promotions[0]), true), await forFile);
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_is_an_error_for_the_name_of_each_file_after_one_attempt()
    {
        _store.Error = new EpPromoException(ErrorKind.Unavailable, nameof(SR.StoreUnavailable), "host", "gone");

        EpPromoException[] errors =
        [
            await Assert.ThrowsAsync<EpPromoException>(() => FindForFileAsync(First)),
            await Assert.ThrowsAsync<EpPromoException>(() => FindForFileAsync(Second)),
        ];

        Assert.All(errors, error => Assert.Equal((nameof(SR.FileNameUnknown), ErrorKind.Unavailable), (error.ErrorId, error.Kind)));
        Assert.Equal(1, _store.Lists);
        _store.Error = null;
        _store.Promotions = [Named(First, "Summer")];
        _clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal("Summer", (await FindForFileAsync(First)).Promotion.PromotionName);
    }

    [Fact]
    public async Task Without_the_permission_to_list_promotions_a_file_is_named_after_what_was_passed()
    {
        _store.Error = new EpPromoException(ErrorKind.PermissionDenied, nameof(SR.Forbidden), "no");
        _directory.KeepUnlessKnown(Named(Second, "Winter"));

        Assert.Equal((new PromotionIdentity(First, "", null), false), await FindForFileAsync(First));
        Assert.Equal((PromotionIdentity.Of(Named(Second, "Winter")), false), await FindForFileAsync(Second));
    }

    [Theory]
    [InlineData("Summer", "'Summer'")]
    [InlineData("summer", "'Summer' (11111111-aaaa-4aaa-8aaa-111111111111)")]
    [InlineData("", "'Summer'")]
    public void A_prompt_has_the_name_and_the_id_only_if_another_promotion_has_that_name(string other, string expected)
    {
        Promotion promotion = Named(First, "Summer");
        _directory.Keep(promotion);
        _directory.Keep(Named(other == "Summer" ? First : Second, other));

        Assert.Equal(expected, _directory.Describe(PromotionIdentity.Of(promotion)));
        Assert.Equal(Second, _directory.Describe(new PromotionIdentity(Second, "", null)));
    }

    private static Promotion Named(string id, string name) => new() { PromotionId = id, Name = name };

    private async Task<string> FindAsync(string name) =>
        (await _directory.FindAsync(name, _store, TestContext.Current.CancellationToken)).PromotionId;

    private Task<(PromotionIdentity Promotion, bool IsUnique)> FindForFileAsync(string id) =>
        _directory.FindForFileAsync(id, _store, TestContext.Current.CancellationToken);

    private sealed class Store : StubApi
    {
        public EpPromoException? Error { get; set; }

        public IReadOnlyList<Promotion> Promotions { get; set; } = [];

        public TaskCompletionSource? IsHeld { get; set; }

        public int Lists { get; private set; }

        public override async Task<Page<Promotion>> ListPromotionsAsync(string? nameLike, int offset, CancellationToken cancellationToken)
        {
            Lists++;
            if (IsHeld is { } held)
            {
                await held.Task.WaitAsync(cancellationToken);
            }

            return Error is not null ? throw Error : new Page<Promotion>(Promotions, offset, 100, Promotions.Count);
        }
    }
}
