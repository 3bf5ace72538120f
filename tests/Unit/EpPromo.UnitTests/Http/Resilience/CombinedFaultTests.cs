using EpPromo.Jobs;
using EpPromo.Jobs.Creation;
using EpPromo.Sandbox;
using EpPromo.Time;

namespace EpPromo.UnitTests.Http.Resilience;

/// <summary>All faults at random, over real connections: each create makes exactly one job, and every file is complete.</summary>
public sealed class CombinedFaultTests
{
    private const int Promotions = 200;

    private static readonly string[] s_faults =
    [
        "drop-before", "drop-after", "status status=500", "status status=502 body=html", "status status=503 after=true",
        "status status=429", "stall-headers time=1h", "stall-body time=1h", "truncate", "malformed", "wrong-types", "redirect",
        "revoke-tokens",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Each_create_makes_exactly_one_job_and_returns_it(int seed)
    {
        // Thirteen faults with a probability of 1.7 % each affect every fifth request.
        await using SandboxServer sandbox = await SandboxServer.StartAsync(
            new SandboxOptions
            {
                Seed = seed,
                IncludeSeedData = false,
                RequestsPerSecond = 0,
                ConcurrentJobs = Promotions,
                BaseJobDuration = TimeSpan.FromSeconds(20),
                Faults = [.. s_faults.Select(fault => FaultRule.Parse($"action={fault} probability=0.017"))],
            },
            TestStore.Cancel);
        using TestStore store = Open(sandbox);
        SystemClock clock = new();
        JobCreator creator = new(store.Api.Jobs, clock, new SystemRandom(), new CreateCoordination(), TimeSpan.FromSeconds(1));
        string[] promotions = [.. Enumerable.Range(0, Promotions).Select(i => sandbox.Store.AddPromotion($"Promotion {i}").Id)];

        PromotionJob[] created = await Task.WhenAll(promotions.Select(
            promotion => creator.CreateAsync(promotion, NewJob.Export(), TestStore.Cancel)));

        Assert.Equal(promotions, created.Select(job => job.PromotionId));
        Assert.All(created, job => Assert.Equal(job.JobId, Assert.Single(sandbox.Store.Jobs(job.PromotionId)).Id));
        Assert.True(store.Connection.Counters.Retries > 0);
        Assert.DoesNotContain(sandbox.Requests, request => request.Origin == "files");
        Assert.True(sandbox.Faults.All.Sum(fault => fault.Triggered) > 10);
    }

    [Fact]
    public async Task Files_are_downloaded_completely()
    {
        string[] faults = ["drop-before", "status status=503", "stall-headers time=1h", "stall-body time=1h", "truncate", "expire-links"];
        await using SandboxServer sandbox = await SandboxServer.StartAsync(
            new SandboxOptions
            {
                IncludeSeedData = false,
                RequestsPerSecond = 0,
                BaseJobDuration = TimeSpan.Zero,
                DurationPerCode = TimeSpan.Zero,
                Faults = [.. faults.Select(fault => FaultRule.Parse($"endpoint=download action={fault} probability=0.05"))],
            },
            TestStore.Cancel);
        using TestStore store = Open(sandbox);
        string promotion = sandbox.Store.AddPromotion("Promotion").Id;
        string[] codes = [.. Enumerable.Range(0, 1000).Select(i => $"code-{i:0000}")];
        sandbox.Store.AddCodes(promotion, codes);
        PromotionJob job = await store.Api.Jobs.CreateJobAsync(promotion, NewJob.Export(), TestStore.Cancel);
        while (!(job = (await store.Api.Jobs.ListJobsAsync(promotion, null, 0, TestStore.Cancel)).Items.Single()).IsFinished)
        {
            await Task.Delay(10, TestStore.Cancel);
        }

        await Task.WhenAll(Enumerable.Range(0, 30).Select(async _ =>
        {
            using MemoryStream file = new();
            await store.Api.Jobs.DownloadJobFileAsync(promotion, job.JobId, file, TestStore.Cancel);
            file.Position = 0;
            Assert.Equal(codes, store.Connection.ExportFiles.ReadRows(file, job).Select(row => row.Value(0)).Order(StringComparer.Ordinal));
        }));

        Assert.True(sandbox.Faults.All.Sum(fault => fault.Triggered) > 5);
        Assert.All(
            sandbox.Requests.Where(request => request.Origin == "files"),
            request => Assert.DoesNotContain("Authorization", request.Headers.Keys));
    }

    private static TestStore Open(SandboxServer sandbox) => TestStore.For(sandbox, options => options with
    {
        AttemptTimeout = TimeSpan.FromMilliseconds(800),
        IdleTimeout = TimeSpan.FromMilliseconds(800),
    });
}
