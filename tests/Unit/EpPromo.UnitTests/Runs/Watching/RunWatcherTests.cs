using EpPromo.Api;
using EpPromo.Runs.Watching;
using static EpPromo.UnitTests.Runs.RunJobs;

namespace EpPromo.UnitTests.Runs.Watching;

/// <summary>What a watch shows, how long it lasts, and which lists it reads.</summary>
public class RunWatcherTests
{
    /// <summary>Long after the last job has ended.</summary>
    private readonly FakeClock _clock = new(Start.AddHours(1));
    private readonly ChangingJobStore _store;
    private readonly List<WatchSnapshot> _shown = [];
    private readonly List<(EpPromoException Error, string? PromotionId)> _errors = [];

    public RunWatcherTests() => _store = new ChangingJobStore(_clock);

    [Fact]
    public async Task A_watch_of_a_store_in_which_nothing_is_open_ends_at_once()
    {
        _store.Set("p", Whole(0));
        _store.Set("q", Alone("d", JobStatuses.Failed));

        await WatchAllAsync("p", "q");

        Assert.False(Assert.Single(_shown).IsAnyOpen);
        Assert.Empty(_shown[0].Runs);
        Assert.Empty(_shown[0].Jobs);
        Assert.Equal(["p", "q"], _store.Read);
    }

    [Fact]
    public async Task A_watch_shows_open_runs_and_jobs_until_they_have_ended()
    {
        _store.Set("p", Completed("a", 1, 10, 0), Active("b", 2, 10, 59));
        _store.Set("q", Alone("c", JobStatuses.Pending));
        _store.After(_clock.UtcNow.AddSeconds(5), () => _store.Set("q", Alone("c", JobStatuses.Completed)));
        _store.After(
            _clock.UtcNow.AddSeconds(9), () => _store.Set("p", Completed("a", 1, 10, 0), Completed("b", 2, 10, 59), Completed("d", 3, 5, 60)));

        await WatchAllAsync("p", "q");

        Assert.Equal(["processing", "completed"], _shown.Select(known => Assert.Single(known.Runs).Status).Distinct());
        Assert.Equal(["pending", "completed"], _shown.Select(known => Assert.Single(known.Jobs).Status).Distinct());
        Assert.Equal((1, 2), (_shown[0].OpenRuns.Count, _shown[0].ActiveJobs.Count));
        Assert.Equal((1, 1), (_shown[3].OpenRuns.Count, _shown[3].ActiveJobs.Count));
        Assert.False(_shown[^1].IsAnyOpen);
    }

    /// <summary>A run has no job for a moment between two promotions.</summary>
    [Fact]
    public async Task A_watch_ends_when_it_has_read_all_lists_once_more()
    {
        _store.Set("p", Active("a", 1, 10, 59));
        _store.Set("q");
        DateTimeOffset ended = _clock.UtcNow + WatchPlan.MinInterval;
        _store.After(ended, () => _store.Set("p", Whole(59)));
        _store.After(ended + WatchPlan.MinInterval, () => _store.Set("q", Active("b", 1, 10, 60)));
        _store.After(ended + WatchPlan.MinInterval + WatchPlan.MinInterval, () => _store.Set("q", Whole(60)));

        await WatchAllAsync("p", "q");

        Assert.Equal([true, false, true, false, false], _shown.Select(known => known.IsAnyOpen));
        Assert.Equal(2, _shown[^1].Runs[0].Promotions);
    }

    /// <summary>A run of which codes are missing and no job is active may be between two jobs, or nobody executes it.</summary>
    [Fact]
    public async Task A_run_that_misses_codes_counts_as_open_for_a_minute_after_its_last_job()
    {
        _store.Set("p", Completed("a", 1, 10, 59));
        DateTimeOffset end = Start.AddMinutes(59.9);

        await WatchAllAsync("p");

        Assert.Equal("incomplete", _shown[^1].Runs[0].Status);
        Assert.True(_shown[0].IsAnyOpen);
        Assert.InRange(_clock.UtcNow, end + RunWatcher.GracePeriod, end + RunWatcher.GracePeriod + (3 * WatchPlan.MinInterval));
    }

    [Fact]
    public async Task A_watch_of_runs_by_name_shows_only_those_and_also_if_they_have_ended()
    {
        _store.Set("p", [.. Whole(0), Alone("d", JobStatuses.Processing)]);

        await WatchAsync(new RunWatcher(_store, _clock, () => 25), run => run == Request.Name, "p");

        WatchSnapshot known = Assert.Single(_shown);
        Assert.Equal(Request.Name, Assert.Single(known.Runs).Name);
        Assert.Empty(known.ActiveJobs);
    }

    /// <summary>At 25 requests a second, a watch has ten for each read.</summary>
    [Fact]
    public async Task Promotions_without_open_runs_are_read_seldom()
    {
        string[] ids = [.. Enumerable.Range(0, 100).Select(number => $"p{number}")];
        foreach (string id in ids)
        {
            _store.Set(id);
        }

        _store.Set("p0", Active("a", 1, 10, 59));
        _store.After(_clock.UtcNow.AddSeconds(20), () => _store.Set("p0", Whole(59)));

        await WatchAllAsync(ids);

        // The first read, ten at intervals of two seconds, and the last look at all.
        Assert.Equal(1 + 10 + 1, _shown.Count);
        Assert.Equal(1 + 10 + 1, _store.Read.Count(id => id == "p0"));
        Assert.Equal(100 + (10 * 10) + 100, _store.Read.Count);

        // All in turn.
        int[] others = [.. _store.Read.Where(id => id != "p0").GroupBy(id => id).Select(read => read.Count())];
        Assert.InRange(others.Max() - others.Min(), 0, 1);
    }

    [Fact]
    public async Task New_promotions_are_found()
    {
        _store.Set("p", Active("a", 1, 10, 59));
        _store.Set("new", Active("b", 1, 10, 60));
        _store.After(_clock.UtcNow.AddMinutes(2), () =>
        {
            _store.Set("p", Whole(59));
            _store.Set("new", Whole(60));
        });
        await WatchAsync(new RunWatcher(_store, _clock, () => 25, ListPromotions), null, "p");

        Assert.Equal([1, 2], _shown.Select(known => known.Runs[0].Promotions).Distinct());
    }

    /// <summary>The run may reach the promotion that was read longest ago.</summary>
    [Fact]
    public async Task A_run_on_one_promotion_after_another_is_watched_to_its_end()
    {
        string[] ids = [.. Enumerable.Range(0, 500).Select(number => $"p{number}")];
        foreach (string id in ids)
        {
            _store.Set(id);
        }

        _store.Set("p0", Active("a", 1, 10, 59));
        _store.After(_clock.UtcNow.AddSeconds(3), () =>
        {
            _store.Set("p0", Whole(59));
            _store.Set("p499", Active("b", 1, 10, 60));
        });
        _store.After(_clock.UtcNow.AddSeconds(30), () => _store.Set("p499", Whole(60)));

        await WatchAllAsync(ids);

        Assert.Equal(("completed", 2), (_shown[^1].Runs[0].Status, _shown[^1].Runs[0].Promotions));
        Assert.True(_clock.UtcNow >= Start.AddHours(1).AddSeconds(30));
    }

    [Theory]
    [InlineData(1, 60)]
    [InlineData(100, 25)]
    public async Task A_watch_uses_a_fifth_of_the_request_limit(int pages, int requestsPerSecond)
    {
        _store.PageSize = 1;
        _store.Set("long", [.. Enumerable.Range(0, pages).Select(number => Active($"a{number}", 1, 10, 59))]);
        _store.Set("short", Active("b", 1, 10, 59));
        _store.After(_clock.UtcNow.AddMinutes(5), () =>
        {
            _store.Set("long", Whole(59));
            _store.Set("short", Whole(59));
        });

        await WatchAsync(new RunWatcher(_store, _clock, () => requestsPerSecond), null, "long", "short");

        double seconds = (_clock.UtcNow - Start.AddHours(1)).TotalSeconds;

        // Beside the first read, and the last two.
        Assert.InRange(_store.Read.Count - (3 * (pages + 1)), 5, 0.2 * requestsPerSecond * seconds);
    }

    [Theory]
    [InlineData(ErrorKind.NotFound, nameof(SR.NotFound), "p")]
    [InlineData(ErrorKind.PermissionDenied, nameof(SR.Forbidden), "p, q")]
    public async Task A_promotion_that_cannot_be_read_is_one_error_and_is_watched_no_longer(ErrorKind kind, string errorId, string promotions)
    {
        _store.Set("p", Active("a", 1, 10, 59));
        _store.Set("q", Active("b", 1, 10, 59));
        _store.After(_clock.UtcNow.AddSeconds(4), () => _store.Fail("q", new EpPromoException(kind, errorId, "q")));
        _store.After(_clock.UtcNow.AddMinutes(3), () => _store.Set("p", Whole(59)));

        await WatchAsync(new RunWatcher(_store, _clock, () => 25, ListPromotions), null, "p", "q");

        (EpPromoException error, string? promotion) = Assert.Single(_errors);
        Assert.Equal((errorId, "q"), (error.ErrorId, promotion));
        Assert.Equal(promotions, string.Join(", ", _shown[^1].Runs[0].PromotionIds.Order()));

        // Of a promotion that exists, the last state stays: the run must not look complete.
        Assert.Equal(promotions == "p" ? "completed" : "processing", _shown[^1].Runs[0].Status);
    }

    [Fact]
    public async Task A_promotion_that_is_deleted_is_no_error_if_nothing_was_open_on_it()
    {
        _store.Set("p", Active("a", 1, 10, 59));
        _store.Set("q");
        _store.After(_clock.UtcNow.AddSeconds(4), () => _store.Fail("q", new EpPromoException(ErrorKind.NotFound, nameof(SR.NotFound), "q")));
        _store.After(_clock.UtcNow.AddSeconds(10), () => _store.Set("p", Whole(59)));

        await WatchAllAsync("p", "q");

        Assert.Empty(_errors);
    }

    [Fact]
    public async Task A_store_that_cannot_be_reached_for_a_while_is_one_error_and_the_watch_goes_on()
    {
        string[] ids = ["p", "q", "r"];
        foreach (string id in ids)
        {
            _store.Set(id, Active(id, 1, 10, 59));
            _store.After(_clock.UtcNow.AddSeconds(10), () => _store.Fail(id, new EpPromoException(ErrorKind.Unavailable, nameof(SR.StoreUnavailable), "x", "y", "z")));
            _store.After(_clock.UtcNow.AddMinutes(6), () => _store.Set(id, Whole(59)));
        }

        await WatchAllAsync(ids);

        Assert.Equal("StoreUnavailable", Assert.Single(_errors).Error.ErrorId);
        Assert.Equal(("completed", 3), (_shown[^1].Runs[0].Status, _shown[^1].Runs[0].Promotions));
    }

    [Fact]
    public async Task A_session_that_has_ended_ends_the_watch()
    {
        _store.Set("p", Active("a", 1, 10, 59));
        _store.After(_clock.UtcNow.AddSeconds(10), () => _store.Fail("p", new EpPromoException(ErrorKind.NotAuthenticated, nameof(SR.StoreClosed), "main")));

        await Assert.ThrowsAsync<EpPromoException>(() => WatchAllAsync("p"));

        Assert.Equal("processing", _shown[^1].Runs[0].Status);
    }

    private static Task<IReadOnlyList<Promotion>> ListPromotions(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Promotion>>(
        [new Promotion { PromotionId = "p" }, new Promotion { PromotionId = "q" }, new Promotion { PromotionId = "new" }]);

    private Task WatchAllAsync(params string[] promotions) => WatchAsync(new RunWatcher(_store, _clock, () => 25), null, promotions);

    private async Task WatchAsync(RunWatcher watcher, Func<string, bool>? isWanted, params string[] promotions)
    {
        foreach (string promotion in promotions)
        {
            await watcher.ReadAsync(watcher.Add(promotion, isWanted), new PageConcurrency(), TestContext.Current.CancellationToken);
        }

        await watcher.RunAsync(
            known =>
            {
                _shown.Add(known);
                return Task.CompletedTask;
            },
            (error, promotion) =>
            {
                _errors.Add((error, promotion));
                return Task.CompletedTask;
            },
            isWanted,
            TestContext.Current.CancellationToken);
    }

    /// <summary>All three jobs of the run, completed.</summary>
    private static PromotionJob[] Whole(int minute) =>
        [Completed("a", 1, 10, minute), Completed("b", 2, 10, minute), Completed("c", 3, 5, minute)];

    /// <summary>A job of no run.</summary>
    private static PromotionJob Alone(string id, string status) => new()
    {
        JobId = id,
        PromotionId = "q",
        JobType = JobTypes.Export,
        Name = "An export",
        Status = status,
        CreatedAt = Start,
    };
}
