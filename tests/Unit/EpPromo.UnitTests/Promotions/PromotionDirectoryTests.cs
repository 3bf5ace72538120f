using EpPromo.Api;
using EpPromo.Promotions;

namespace EpPromo.UnitTests.Promotions;

/// <summary>A name means the promotion that has it now, as far as the session has seen it; a shared list is read by whoever still needs it.</summary>
public sealed class PromotionDirectoryTests
{
    private const string First = "11111111-aaaa-4aaa-8aaa-111111111111";
    private const string Second = "22222222-aaaa-4aaa-8aaa-222222222222";

    private readonly FakeClock _clock = new() { AutoAdvances = false };
    private readonly Store _store = new();
    private readonly PromotionDirectory _directory;

    public PromotionDirectoryTests() => _directory = new PromotionDirectory(_clock);

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

        Assert.Equal(!isShared, await _directory.IsFileNameUniqueAsync(promotion, _store, TestContext.Current.CancellationToken));
    }

    private static Promotion Named(string id, string name) => new() { PromotionId = id, Name = name };

    private async Task<string> FindAsync(string name) =>
        (await _directory.FindAsync(name, _store, TestContext.Current.CancellationToken)).PromotionId;

    private sealed class Store : StubApi
    {
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

            return new Page<Promotion>(Promotions, offset, 100, Promotions.Count);
        }
    }
}
