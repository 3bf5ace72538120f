using EpPromo.Codes;
using EpPromo.Jobs;
using EpPromo.Jobs.Creation;
using EpPromo.Sandbox;
using EpPromo.Time;

namespace EpPromo.UnitTests.Http.Resources;

/// <summary>
/// Lists are read completely, or it is an error, whatever the store does with pages, totals and filters (api-contract.md sections 3, 5, 6).
/// </summary>
public sealed class PagingTests
{
    [Theory]
    [InlineData(true, 30)]
    [InlineData(true, null)]
    [InlineData(false, 30)]
    [InlineData(false, null)]
    public async Task A_store_that_ignores_the_requested_page_is_an_error(bool reportsPage, int? total)
    {
        PagedOrigin list = new() { Records = PagedOrigin.Jobs(30), IgnoresPage = true, ReportsPage = reportsPage, Total = total };
        await using ScriptedOrigin origin = new(TestStore.WithToken(list.Respond));
        using TestStore store = new(origin.BaseUri);

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(
            () => JobFinder.FindAsync(store.Api.Jobs, "p1", _ => false, TestStore.Cancel));

        Assert.Equal(("PagingIgnored", ErrorKind.InvalidResponse), (error.ErrorId, error.Kind));
        Assert.InRange(origin.Calls.Count, 2, 3);
    }

    [Fact]
    public async Task A_job_on_the_first_page_is_found_even_if_the_store_ignores_pages()
    {
        PagedOrigin list = new() { Records = PagedOrigin.Jobs(30), IgnoresPage = true };
        await using ScriptedOrigin origin = new(TestStore.WithToken(list.Respond));
        using TestStore store = new(origin.BaseUri);

        Assert.Equal("job 25", (await JobFinder.GetAsync(store.Api.Jobs, "p1", "j25", TestStore.Cancel)).Name);
    }

    [Theory]
    [InlineData(true, 30)]
    [InlineData(false, 30)]
    [InlineData(false, null)]
    public async Task A_lost_create_is_not_sent_again_if_the_job_list_cannot_be_read_completely(bool reportsPage, int? total)
    {
        // The job is created, but the list is sorted from the oldest, so the job is on a page that is never returned.
        PagedOrigin list = new() { Records = PagedOrigin.Jobs(30), IgnoresPage = true, ReportsPage = reportsPage, Total = total };
        await using ScriptedOrigin origin = new(TestStore.WithToken(
            request => request.Method == "POST" ? Reply.Reset : list.Respond(request)));
        FakeClock clock = new();
        using TestStore store = new(origin.BaseUri, clock: clock);
        JobCreator creator = new(store.Api.Jobs, clock, new SystemRandom(), new CreateCoordination(), TimeSpan.FromSeconds(60));

        EpPromoException uncertain = await Assert.ThrowsAsync<EpPromoException>(
            () => creator.CreateAsync("p1", Samples.Generate with { Name = null }, TestStore.Cancel));

        Assert.Equal(("CreateUncertain", ErrorKind.Uncertain), (uncertain.ErrorId, uncertain.Kind));
        Assert.Single(origin.Calls, call => call.Method == "POST");
    }

    [Theory]
    [InlineData("lower_bound", true)]
    [InlineData("observed", true)]
    [InlineData("guessed", true)]
    [InlineData("observed", false)]
    public async Task A_total_that_is_not_exact_does_not_end_a_list(string method, bool reportsPage)
    {
        PagedOrigin list = new() { Records = PagedOrigin.Jobs(250), ReportsPage = reportsPage, Total = 100, TotalMethod = method };
        await using ScriptedOrigin origin = new(TestStore.WithToken(list.Respond));
        using TestStore store = new(origin.BaseUri);

        Assert.Equal("job 250", (await JobFinder.FindAsync(store.Api.Jobs, "p1", job => job.JobId == "j250", TestStore.Cancel))?.Name);
    }

    [Theory]
    [InlineData("exact")]
    [InlineData("EXACT")]
    [InlineData(null)]
    public async Task An_exact_total_ends_a_list(string? method)
    {
        PagedOrigin list = new() { Records = PagedOrigin.Jobs(50), Total = 50, TotalMethod = method };
        await using ScriptedOrigin origin = new(TestStore.WithToken(list.Respond));
        using TestStore store = new(origin.BaseUri);

        Assert.Null(await JobFinder.FindAsync(store.Api.Jobs, "p1", _ => false, TestStore.Cancel));
        Assert.Equal(2, origin.Calls.Count);
    }

    [Theory]
    [InlineData("mother's-day-")]
    [InlineData(@"a\b")]
    [InlineData(@"\'")]
    [InlineData("Größe 10%, (neu)")]
    public async Task Codes_with_any_prefix_are_found_by_key(string prefix)
    {
        await using SandboxServer sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { RequestsPerSecond = 0, IncludeSeedData = false, CodesPerPromotion = 10_000 }, TestStore.Cancel);
        using TestStore store = TestStore.For(sandbox);
        string promotion = sandbox.Store.AddPromotion("One").Id;
        string[] codes = [.. Enumerable.Range(0, 250).Select(i => $"{prefix}{i:000}")];
        sandbox.Store.AddCodes(promotion, [.. codes, "aa", "zz"]);
        HashSet<string> found = [];
        PromotionJob job = new()
        {
            JobId = "j1",
            PromotionId = promotion,
            JobType = JobTypes.Generate,
            Name = "",
            Status = JobStatuses.Completed,
            CodePrefix = prefix,
            Generated = 250,
            CreatedAt = DateTimeOffset.UtcNow.AddDays(-1),
            UpdatedAt = DateTimeOffset.UtcNow.AddDays(1),
        };

        await new JobCodeFinder(store.Api.Codes).FindAsync(job, code =>
            {
                found.Add(code.Code);
                return Task.CompletedTask;
            },
            TestStore.Cancel);

        Assert.Equal(codes.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }
}
