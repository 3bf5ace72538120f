using EpPromo.Api;
using EpPromo.Codes;
using EpPromo.Codes.Changes;
using EpPromo.Time;

namespace EpPromo.UnitTests.Codes;

/// <summary>Removing codes if responses are lost, and if the store rejects to remove codes that do not exist.</summary>
public class CodeRemoverTests
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(60);

    private readonly FakeClock _clock = new();
    private readonly Store _store = new();
    private readonly Outcome _outcome = new();

    [Fact]
    public async Task After_a_lost_response_the_request_is_sent_again_and_the_window_is_waited_for()
    {
        _store.LostRequests = 1;

        await RemoveAsync("c0");

        Assert.Equal(["c0"], _outcome.Removed);
        Assert.Equal(2, _store.Deletes);
        Assert.Contains(_clock.Delays, delay => delay > s_window - TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_code_that_a_lost_request_has_removed_is_removed_although_the_store_rejects_the_repetition()
    {
        _store.LostResponses = 1;

        await RemoveAsync("c0");

        Assert.Equal(["c0"], _outcome.Removed);
        Assert.Empty(_outcome.Rejected);
    }

    [Fact]
    public async Task A_code_that_exists_and_is_rejected_is_reported_as_rejected()
    {
        _store.Locked = "c1";

        await RemoveAsync("c0", "c1");

        Assert.Equal(["c0"], _outcome.Removed);
        Assert.Equal(["c1"], _outcome.Rejected);
    }

    [Fact]
    public async Task A_rejected_code_that_a_lagging_list_does_not_show_yet_is_not_reported_as_removed()
    {
        _store.Locked = "c1";
        _store.IsListed = code => code != "c1" || _clock.Delays.Any(delay => delay >= s_window);

        await RemoveAsync("c0", "c1");

        Assert.Equal(["c0"], _outcome.Removed);
        Assert.Equal(["c1"], _outcome.Rejected);
    }

    private Task RemoveAsync(params string[] codes) =>
        new CodeRemover(_store, _store, new RemovedCodes(_clock, s_window), _clock, new SystemRandom(), s_window)
            .RemoveAsync("p", codes, _outcome, TestContext.Current.CancellationToken);

    private sealed class Outcome : ICodeRemoveObserver
    {
        public List<string> Removed { get; } = [];

        public List<string> Rejected { get; } = [];

        public void OnRemoved(IReadOnlyList<string> codes) => Removed.AddRange(codes);

        public Task RejectedAsync(string code, ApiException error)
        {
            Rejected.Add(code);
            return Task.CompletedTask;
        }

        public void OnWaiting()
        {
        }
    }

    /// <summary>A store that rejects to remove codes that do not exist.</summary>
    private sealed class Store : StubApi
    {
        private readonly List<string> _existing = ["c0", "c1"];

        public int Deletes { get; private set; }

        public int LostRequests { get; set; }

        public int LostResponses { get; set; }

        public string? Locked { get; set; }

        public Func<string, bool> IsListed { get; set; } = _ => true;

        public override Task DeleteCodesAsync(string promotionId, IReadOnlyList<string> codes, CancellationToken cancellationToken)
        {
            if (++Deletes <= LostRequests)
            {
                throw new UncertainResultException("DELETE codes", "gone");
            }

            if (codes.Any(code => !_existing.Contains(code) || code == Locked))
            {
                ApiError error = new() { StatusCode = 422, Title = "Bad Request" };
                throw new ApiException(ErrorKind.Refused, nameof(SR.RequestRefused), error, error.Title, "p");
            }

            _existing.RemoveAll(codes.Contains);
            return Deletes <= LostResponses ? throw new UncertainResultException("DELETE codes", "gone") : Task.CompletedTask;
        }

        public override Task<Page<PromotionCode>> ListCodesAsync(
            string promotionId, string? after, int offset, CancellationToken cancellationToken) =>
            Task.FromResult(new Page<PromotionCode>(
                [.. _existing.Where(IsListed).Select(code => new PromotionCode(new ListedCode { Code = code }))], 0, 100_000, _existing.Count(IsListed)));
    }
}
