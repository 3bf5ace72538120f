using System.Text;
using EpPromo.Api;
using EpPromo.Jobs;
using EpPromo.Sandbox;
using EpPromo.Stores;
using EpPromo.Time;

namespace EpPromo.UnitTests.Http;

/// <summary>The whole API against the sandbox, over real connections.</summary>
public sealed class StoreConnectionTests
{
    [Fact]
    public async Task A_job_is_created_finishes_and_its_codes_are_exported_and_read()
    {
        await using SandboxServer sandbox = await StartAsync();
        using TestStore store = Open(sandbox);
        string promotion = sandbox.Store.AddPromotion("Summer sale").Id;

        await store.Connection.VerifyAsync(store, TestStore.Cancel);
        PromotionJob created = await store.Api.Jobs.CreateJobAsync(promotion, Samples.Generate, TestStore.Cancel);
        PromotionJob done = await WaitForEndAsync(store, created);
        PromotionJob export = await WaitForEndAsync(store, await store.Api.Jobs.CreateJobAsync(promotion, NewJob.Export("all"), TestStore.Cancel));
        using MemoryStream file = new();
        await store.Api.Jobs.DownloadJobFileAsync(promotion, export.JobId, file, TestStore.Cancel);
        file.Position = 0;
        List<PromotionCode> rows = [.. store.Connection.ExportFiles.ReadRows(file, export).Select(row => new PromotionCode(row))];

        Assert.Equal((100, "completed", promotion), (done.Generated, done.Status, done.PromotionId));
        Assert.Equal(
            sandbox.Store.Codes(promotion).Select(code => code.Code).Order(StringComparer.Ordinal),
            rows.Select(row => row.Code).Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.InRange(row.CreatedAt!.Value, done.CreatedAt!.Value, done.UpdatedAt!.Value));
        Assert.Equal(100, rows.Count);
        Assert.False(Assert.Single(sandbox.Requests, request => request.Origin == "files").Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task An_observer_that_shows_nothing_gets_no_lines_and_no_bodies()
    {
        await using SandboxServer sandbox = await StartAsync();
        using TestStore store = Open(sandbox);
        string promotion = sandbox.Store.AddPromotion("Summer sale").Id;
        store.Shows = false;

        await store.Api.Jobs.CreateJobAsync(promotion, Samples.Generate, TestStore.Cancel);
        Assert.Empty(store.Lines);

        store.Shows = true;
        await store.Api.Jobs.ListJobsAsync(promotion, null, 0, TestStore.Cancel);
        Assert.Equal(2, store.Lines.Count);
    }

    [Fact]
    public async Task Refusals_have_different_errors_by_cause()
    {
        await using SandboxServer sandbox = await StartAsync(new SandboxOptions { RequestsPerSecond = 0, IncludeSeedData = false, BaseJobDuration = TimeSpan.FromHours(1) });
        using TestStore store = Open(sandbox);
        string promotion = sandbox.Store.AddPromotion("Summer sale").Id;
        string automatic = sandbox.Store.AddPromotion("Automatic", automatic: true).Id;
        string unknown = Guid.NewGuid().ToString();
        PromotionJob created = await store.Api.Jobs.CreateJobAsync(promotion, Samples.Generate with { NumberOfCodes = 1000 }, TestStore.Cancel);

        ApiException busy = await AssertRefusedAsync(() => store.Api.Jobs.CreateJobAsync(promotion, Samples.Generate, TestStore.Cancel));
        Assert.True(busy.IsTooManyJobs);
        Assert.Contains(promotion, busy.Message, StringComparison.Ordinal);
        Assert.Equal("JobHasNoFile", (await AssertRefusedAsync(() => store.Api.Jobs.DownloadJobFileAsync(promotion, created.JobId, Stream.Null, TestStore.Cancel))).ErrorId);
        Assert.Equal("cancelling", (await store.Api.Jobs.CancelJobAsync(promotion, created.JobId, TestStore.Cancel)).Status);
        await WaitForEndAsync(store, created);
        Assert.Equal("JobNotCancellable", (await AssertRefusedAsync(() => store.Api.Jobs.CancelJobAsync(promotion, created.JobId, TestStore.Cancel))).ErrorId);
        Assert.Equal("NotFound", (await AssertRefusedAsync(() => store.Api.Promotions.GetPromotionAsync(unknown, TestStore.Cancel))).ErrorId);
        Assert.Equal("NotFound", (await AssertRefusedAsync(() => store.Api.Jobs.ListJobsAsync(unknown, null, 0, TestStore.Cancel))).ErrorId);
        Assert.Equal("AutomaticPromotion", (await AssertRefusedAsync(() => store.Api.Jobs.CreateJobAsync(automatic, Samples.Generate, TestStore.Cancel))).ErrorId);
    }

    [Fact]
    public async Task A_revoked_token_is_replaced_during_a_download()
    {
        await using SandboxServer sandbox = await StartAsync();
        using TestStore store = Open(sandbox);
        string promotion = sandbox.Store.AddPromotion("Summer sale").Id;
        sandbox.Store.AddCodes(promotion, ["a-1", "b-2"]);
        PromotionJob export = await WaitForEndAsync(store, await store.Api.Jobs.CreateJobAsync(promotion, NewJob.Export(), TestStore.Cancel));
        sandbox.Store.RevokeTokens();

        using MemoryStream file = new();
        await store.Api.Jobs.DownloadJobFileAsync(promotion, export.JobId, file, TestStore.Cancel);

        Assert.Contains("a-1", Encoding.UTF8.GetString(file.ToArray()), StringComparison.Ordinal);
        Assert.Equal(2, store.Connection.Counters.TokenRefreshes);
    }

    [Fact]
    public async Task Wrong_credentials_are_refused()
    {
        await using SandboxServer sandbox = await StartAsync();
        using TestStore store = new(sandbox.BaseUri, options => options with
        {
            Credential = StoreCredential.FromClient("sandbox", TestStore.Secret("wrong")),
        });

        EpPromoException refused = await Assert.ThrowsAsync<ApiException>(() => store.Connection.VerifyAsync(store, TestStore.Cancel));

        Assert.Equal("LoginRefused", refused.ErrorId);
    }

    [Fact]
    public async Task Promotions_are_found_by_names_with_wildcards_and_spaces()
    {
        await using SandboxServer sandbox = await StartAsync();
        using TestStore store = Open(sandbox);
        sandbox.Store.AddPromotion("Summer sale 2026");
        sandbox.Store.AddPromotion("Late SUMMER");
        sandbox.Store.AddPromotion("It's summer (50% off)");

        Assert.Equal(["Summer sale 2026"], await NamesAsync("summer *"));
        Assert.Equal(["Late SUMMER", "Summer sale 2026"], await NamesAsync("*Summer*", "It's"));
        Assert.Contains("It's summer (50% off)", await NamesAsync("It's*"));

        async Task<IEnumerable<string>> NamesAsync(string like, string? but = null) =>
            (await store.Api.Promotions.ListPromotionsAsync(like, 0, TestStore.Cancel)).Items
                .Select(promotion => promotion.Name).Where(name => but is null || !name.StartsWith(but, StringComparison.Ordinal)).Order();
    }

    [Fact]
    public async Task Codes_are_listed_by_key_and_deleted()
    {
        await using SandboxServer sandbox = await StartAsync();
        using TestStore store = Open(sandbox);
        string promotion = sandbox.Store.AddPromotion("Summer sale").Id;
        string[] codes = [.. Enumerable.Range(0, 250).Select(i => $"code {i:000}")];
        sandbox.Store.AddCodes(promotion, codes);

        List<string> seen = [];
        Page<PromotionCode> page;
        do
        {
            page = await store.Api.Codes.ListCodesAsync(promotion, seen.Count == 0 ? null : seen[^1], 0, TestStore.Cancel);
            seen.AddRange(page.Items.Select(code => code.Code));
        }
        while (page.Items.Count == page.Limit);

        Assert.Equal(codes, seen);
        await store.Api.Codes.DeleteCodesAsync(promotion, codes[10..], TestStore.Cancel);
        await store.Api.Codes.DeleteCodesAsync(promotion, codes[9..], TestStore.Cancel);
        Assert.Equal(codes[..9], sandbox.Store.Codes(promotion).Select(code => code.Code).Order());
    }

    /// <remarks>
    /// The number of 429 responses also depends on the machine: a request that is sent in one second may arrive in the next.
    /// <see cref="Transport.AdaptiveRateLimiterTests"/> shows that no second has more requests than the limit. This test shows that calls use the
    /// limiter: without it, at least 50 of them get a 429.
    /// </remarks>
    [Fact]
    public async Task At_the_rate_limit_of_the_store_calls_are_spread_and_all_succeed()
    {
        await using SandboxServer sandbox = await StartAsync(new SandboxOptions { RequestsPerSecond = 100, IncludeSeedData = false });
        using TestStore store = Open(sandbox, 100);

        await Task.WhenAll(Enumerable.Range(0, 150).Select(_ => store.Api.Promotions.ListPromotionsAsync(null, 0, TestStore.Cancel)));

        Assert.InRange(store.Connection.Counters.Throttled, 0, 49);
        Assert.Equal(150, sandbox.Requests.Count(request => request is { Method: "GET", Status: 200 }));
    }

    [Fact]
    public async Task The_rate_adapts_to_a_store_that_accepts_less_than_the_configured_maximum()
    {
        // The time of the store advances only when a call waits. It accepts 50 of the 150 requests in each second.
        FakeClock clock = new();
        await using SandboxServer sandbox = await StartAsync(new SandboxOptions
        {
            RequestsPerSecond = 50,
            RetryAfter = RetryAfterFormat.Seconds,
            IncludeSeedData = false,
            TimeProvider = clock.Time,
        });
        using TestStore store = Open(sandbox, 1000, clock);

        await Task.WhenAll(Enumerable.Range(0, 150).Select(_ => store.Api.Promotions.ListPromotionsAsync(null, 0, TestStore.Cancel)));

        Assert.True(store.Connection.Counters.Throttled > 0);
        Assert.InRange(store.Connection.RequestsPerSecond, 0.5, 999);
        Assert.Equal(150, sandbox.Requests.Count(request => request is { Method: "GET", Status: 200 }));
    }

    private static Task<SandboxServer> StartAsync(SandboxOptions? options = null) => SandboxServer.StartAsync(
        options ?? new SandboxOptions { RequestsPerSecond = 0, IncludeSeedData = false, BaseJobDuration = TimeSpan.FromMilliseconds(50) }, TestStore.Cancel);

    private static TestStore Open(SandboxServer sandbox, double rate = 2000, IClock? clock = null) => TestStore.For(
        sandbox, options => options with { MaxRequestsPerSecond = rate, MaxRetryDelay = TimeSpan.FromSeconds(1) }, clock);

    private static Task<ApiException> AssertRefusedAsync(Func<Task> call) => Assert.ThrowsAsync<ApiException>(call);

    private static async Task<PromotionJob> WaitForEndAsync(TestStore store, PromotionJob job)
    {
        while (true)
        {
            Page<PromotionJob> page = await store.Api.Jobs.ListJobsAsync(job.PromotionId, job.JobType, 0, TestStore.Cancel);
            PromotionJob now = page.Items.Single(found => found.JobId == job.JobId);
            if (now.IsFinished)
            {
                return now;
            }

            await Task.Delay(10, TestStore.Cancel);
        }
    }
}
