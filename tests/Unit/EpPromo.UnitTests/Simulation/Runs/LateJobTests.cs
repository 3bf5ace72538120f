namespace EpPromo.UnitTests.Simulation;

/// <summary>Jobs of a runner that was killed for good, which nobody but the other one can settle, and which the list shows late.</summary>
public class LateJobTests
{
    private static readonly CodeRunRequest Request =
        new() { PromotionId = "promo-1", Name = "bf26", Count = 25, BatchSize = 10, CodePrefix = "summer" };

    private readonly SimulatedWorld _world = new(new SimulatedRandom(2), TimeSpan.FromDays(1));
    private readonly LateJobsBuild _build;

    public LateJobTests() => _build = new LateJobsBuild(_world);

    [Fact]
    public void A_job_that_shows_while_a_surplus_waits_for_the_lists_is_part_of_it()
    {
        SimulatedServer server = NewServer(TimeSpan.FromSeconds(1));
        AddFinished(server, 1, 10, hoursAgo: 4);
        AddFinished(server, 2, 10, hoursAgo: 3);
        AddFinished(server, 2, 10, hoursAgo: 2);
        AddFinished(server, 3, 5, hoursAgo: 1);
        _world.After(
            TimeSpan.FromSeconds(90),
            () => server.Create(Request.PromotionId, Request.Batch(3, 5), 0, TimeSpan.MaxValue));

        AssertExact(server);
    }

    /// <summary>The first of them shows while the run's own third job is at work, and makes that needless.</summary>
    [Fact]
    public void After_another_runner_s_job_was_found_the_last_look_is_a_whole_window_later()
    {
        SimulatedServer server = NewServer(TimeSpan.FromMinutes(2));
        _build.ShownAt[AddFinished(server, 3, 5, hoursAgo: 4)] = TimeSpan.FromSeconds(300);
        _build.ShownAt[AddFinished(server, 3, 5, hoursAgo: 3)] = TimeSpan.FromSeconds(340);

        AssertExact(server);
    }

    /// <summary>Who took codes for missing until they were there to be seen may have sent a create until then.</summary>
    [Fact]
    public void The_last_look_is_a_whole_window_after_the_last_code_was_seen_to_be_made()
    {
        SimulatedServer server = NewServer(TimeSpan.FromMinutes(2));
        _build.ShownAt[AddFinished(server, 3, 5, hoursAgo: 4)] = TimeSpan.FromSeconds(400);

        AssertExact(server);
    }

    private SimulatedServer NewServer(TimeSpan jobTime)
    {
        SimulatedServer server = new(_world, new StoreBehaviour { ShortestJob = jobTime, LongestJob = jobTime });
        server.AddPromotion(Request.PromotionId);
        return server;
    }

    private static string AddFinished(SimulatedServer server, int number, int size, int hoursAgo)
    {
        server.AddFinished(Request.PromotionId, Request.Batch(number, size), TimeSpan.FromHours(hoursAgo));
        return server.Promotion(Request.PromotionId).Jobs[^1].Id;
    }

    /// <summary>Lets the runner go on with the run, which ends well and with as many codes as were asked for.</summary>
    private void AssertExact(SimulatedServer server)
    {
        List<Sitting> sittings = [];
        SimulatedProcess process = new(_world, "runner", TimeSpan.Zero);
        process.Start(() => new RunnerProcess(_world, server, process, _build).RunAsync([Request], 1, sittings));
        _world.Run(() => process.HasEnded);

        Assert.True(Assert.Single(sittings).EndedWell);
        Assert.Equal(Request.Count, RunTruth.Existing(server, Request));
    }

    private sealed class LateJobsBuild(SimulatedWorld world) : RunnerBuild
    {
        /// <summary>When the list begins to show a job.</summary>
        public Dictionary<string, TimeSpan> ShownAt { get; } = [];

        public override IPromotionApi Connect(SimulatedStore store, IReadOnlyList<CodeRunRequest> requests) =>
            new LateJobs(store, job => ShownAt.GetValueOrDefault(job.JobId) <= world.Elapsed);
    }

    private sealed class LateJobs(SimulatedStore store, Func<PromotionJob, bool> isShown) : PassedOnApi(store)
    {
        public override async Task<Page<PromotionJob>> ListJobsAsync(
            string promotionId, string? jobType, int offset, CancellationToken cancellationToken)
        {
            Page<PromotionJob> page = await base.ListJobsAsync(promotionId, jobType, offset, cancellationToken);
            return new Page<PromotionJob>([.. page.Items.Where(isShown)], page.Offset, page.Limit, page.Total);
        }
    }
}
