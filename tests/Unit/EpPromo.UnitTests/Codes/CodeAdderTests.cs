using EpPromo.Codes;
using EpPromo.Codes.Changes;
using EpPromo.Time;

namespace EpPromo.UnitTests.Codes;

/// <summary>Adding codes: which requests are sent, and what is said of each code, if responses are lost or batches rejected.</summary>
public class CodeAdderTests
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(60);

    private readonly FakeClock _clock = new();
    private readonly AddingStore _store;
    private readonly Outcome _outcome = new();

    private readonly RemovedCodes _removed;

    public CodeAdderTests()
    {
        _store = new AddingStore(_clock);
        _removed = new RemovedCodes(_clock, s_window);
    }

    [Fact]
    public async Task A_code_that_was_removed_lately_is_added_although_the_list_still_shows_it()
    {
        _store.StillListed.Add("c1");
        _removed.Add("p", ["C1"]);

        await AddAsync(Codes(3), skipExisting: true);

        Assert.Equal(["c0", "c1", "c2"], _outcome.Added);
    }

    [Fact]
    public async Task A_lost_response_is_followed_by_the_same_request_and_the_list_decides()
    {
        _store.Existing.Add("c7", _clock.UtcNow.AddDays(-1));
        _store.OnAdd = (number, apply) => number switch
        {
            1 => Lose(apply),
            _ => apply(),
        };

        await AddAsync(Codes(3));

        Assert.Equal(["c0", "c1", "c2"], _outcome.Added);
        Assert.Empty(_outcome.Existing);
        Assert.Equal(2, _store.Adds);
        Assert.True(_clock.Delays.Max() > s_window - TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_request_that_was_lost_on_its_way_is_sent_again_and_waited_for_although_its_codes_are_added()
    {
        _store.OnAdd = (number, apply) => number == 1 ? throw new UncertainResultException("POST codes", "gone") : apply();

        await AddAsync(Codes(3));

        Assert.Equal(["c0", "c1", "c2"], _outcome.Added);
        Assert.Contains(_clock.Delays, delay => delay > s_window - TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Of_the_codes_of_a_lost_request_those_that_are_older_existed_before()
    {
        _store.Existing.Add("c1", _clock.UtcNow.AddDays(-1));
        _store.OnAdd = (number, apply) => number == 1 ? throw new UncertainResultException("POST codes", "gone") : apply();

        await AddAsync(Codes(3));

        Assert.Equal(["c0", "c2"], _outcome.Added.Order());
        Assert.Equal(["c1"], _outcome.Existing);
    }

    [Fact]
    public async Task A_rejection_after_a_lost_response_proves_nothing()
    {
        _store.OnAdd = (number, apply) => number switch
        {
            1 => Lose(apply),
            2 => throw AddingStore.Refused(),
            _ => apply(),
        };

        await AddAsync(Codes(1));

        Assert.Equal(["c0"], _outcome.Added);
        Assert.Empty(_outcome.Rejected);
    }

    [Fact]
    public async Task If_all_requests_are_lost_the_error_says_how_many_codes_were_not_added()
    {
        _store.OnAdd = (number, apply) => number <= 1 ? apply() : throw new UncertainResultException("POST codes", "gone");

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => AddAsync(Codes(500)));

        Assert.Equal(nameof(SR.CodesNotAdded), error.ErrorId);
        Assert.Equal("Promotion p: 300 of 500 codes were not added. gone", error.Message);
        Assert.Equal(200, _outcome.Added.Count);
        Assert.Equal(7, _store.Adds);
    }

    [Fact]
    public async Task If_the_list_cannot_be_read_either_the_error_says_that_it_is_unknown()
    {
        _store.OnAdd = (_, _) => throw new UncertainResultException("POST codes", "gone");
        _store.IsListBroken = true;

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => AddAsync(Codes(500)));

        Assert.Equal((nameof(SR.AddUncertain), ErrorKind.Uncertain), (error.ErrorId, error.Kind));
        Assert.Contains("whether 200 codes were added, and 300 were not", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(150, true)]
    [InlineData(199, false)]
    public async Task A_code_that_the_store_rejects_is_found_and_the_others_are_added(int bad, bool isRejected)
    {
        _store.IsBad = code => isRejected && code == $"c{bad}";

        await AddAsync(Codes(200));

        Assert.Equal(isRejected ? [$"c{bad}"] : [], _outcome.Rejected);
        Assert.Equal(isRejected ? 199 : 200, _outcome.Added.Count);
        Assert.InRange(_store.Adds, 1, 17);
    }

    [Fact]
    public async Task A_throttled_request_is_sent_again_when_the_store_says_and_nothing_is_waited_for()
    {
        _store.OnAdd = (number, apply) =>
            number == 1 ? throw new UncertainResultException("POST codes", "429", true, TimeSpan.FromSeconds(7)) : apply();

        await AddAsync(Codes(3));

        Assert.Equal(3, _outcome.Added.Count);
        Assert.InRange(Assert.Single(_clock.Delays), TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(8));
    }

    [Fact]
    public async Task A_response_that_leaves_codes_out_is_not_believed()
    {
        _store.Echo = codes => codes.Take(1);

        await AddAsync(Codes(3));

        Assert.Equal(["c0", "c1", "c2"], _outcome.Added);
        Assert.Equal(1, _store.Adds);
    }

    [Fact]
    public async Task A_bad_code_in_a_lost_request_does_not_make_the_batches_smaller()
    {
        _store.IsBad = code => code == "c3";
        _store.OnAdd = (number, apply) => number == 2 ? throw new UncertainResultException("POST codes", "gone") : apply();

        await AddAsync(Codes(2000));

        Assert.Equal(1999, _outcome.Added.Count);
        Assert.Equal(10, _store.Sizes.Count(size => size == 200));
    }

    [Fact]
    public async Task Codes_that_exist_are_found_for_all_halves_of_a_batch_at_once()
    {
        foreach (NewCode code in Codes(200))
        {
            _store.Existing.Add(code.Text, _clock.UtcNow.AddDays(-1));
        }

        _store.OnAdd = (number, apply) => number == 1 ? throw AddingStore.Refused() : apply();

        await AddAsync(Codes(200));

        Assert.Equal(200, _outcome.Existing.Count);
        Assert.Equal(2, _store.Adds);
    }

    [Fact]
    public async Task A_code_that_another_client_has_added_with_other_limits_meanwhile_existed()
    {
        _store.OnAdd = (_, apply) =>
        {
            _store.Existing["c0"] = _clock.UtcNow;
            return number(apply);
        };

        await AddAsync([new NewCode { Text = "c0", MaxUses = 5 }]);

        Assert.Equal(["c0"], _outcome.Existing);
        Assert.Empty(_outcome.Added);

        AddedCodes number(Func<AddedCodes> apply) => _store.Adds == 1 ? throw new UncertainResultException("POST codes", "gone") : apply();
    }

    [Fact]
    public async Task Codes_of_a_lost_request_that_the_list_shows_too_late_are_not_said_to_have_existed_nor_sent_one_by_one()
    {
        _store.OnAdd = (number, apply) => number == 1 ? Lose(apply) : apply();
        _store.IsListLagging = lists => lists == 1;

        await AddAsync(Codes(200));

        Assert.Equal(200, _outcome.Added.Count);
        Assert.Empty(_outcome.Existing);
        Assert.Equal(3, _store.Adds);
    }

    private static AddedCodes Lose(Func<AddedCodes> apply)
    {
        apply();
        throw new UncertainResultException("POST codes", "gone");
    }

    private static NewCode[] Codes(int count) => [.. Enumerable.Range(0, count).Select(number => new NewCode { Text = $"c{number}" })];

    private Task AddAsync(NewCode[] codes, bool skipExisting = false) => new CodeAdder(_store, _removed, () => _clock.UtcNow, _clock, new SystemRandom(), s_window)
        .AddAsync("p", codes, skipExisting, _outcome, TestContext.Current.CancellationToken);

    private sealed class Outcome : ICodeAddObserver
    {
        public List<string> Added { get; } = [];

        public List<string> Existing { get; } = [];

        public List<string> Rejected { get; } = [];

        public Task AddedAsync(PromotionCode code) => Add(Added, code.Code);

        public Task ExistingAsync(NewCode code) => Add(Existing, code.Text);

        public Task RejectedAsync(NewCode code, ApiException error) => Add(Rejected, code.Text);

        public Task InOtherPromotionsAsync(IReadOnlyList<string> codes) => Task.CompletedTask;

        public void OnWaiting()
        {
        }

        private static Task Add(List<string> to, string code)
        {
            to.Add(code);
            return Task.CompletedTask;
        }
    }
}
