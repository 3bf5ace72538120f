using EpPromo.Api;
using EpPromo.Runs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>Jobs of a runner that was killed for good, which nobody but the other one can settle, and which the list shows late.</summary>
public class LateJobTests
{
    private static readonly CodeRunRequest Request =
        new() { PromotionId = "promo-1", Name = "bf26", Count = 25, BatchSize = 10, CodePrefix = "summer" };

    private readonly SimulatedWorld _world = new(new SimulatedRandom(2), TimeSpan.FromDays(1));
    private readonly LateJobsSetup _build;

    public LateJobTests() => _build = new LateJobsSetup(_world);

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

    /// <summary>
    /// For a whole window after the last code was made, a list can show another runner that codes are missing. What that one sends then, and
    /// does not live to hear of, shows another window later.
    /// </summary>
    [Fact]
    public void A_create_that_was_sent_while_a_list_lagged_is_found_though_the_last_news_is_older_than_a_window()
    {
        SimulatedServer server = NewlyFinished();

        Execute(_build, server);

        Assert.Equal(Request.Count, RunGroundTruth.Existing(server, Request));
    }

    [Fact]
    public void Waiting_for_one_window_only_leaves_it()
    {
        SimulatedServer server = NewlyFinished();

        Execute(new FastServerClockMutant(TimeSpan.FromMinutes(6)), server);
        _world.Run(() => server.Jobs.Count() == 4 && server.IsIdle);

        Assert.Equal(Request.Count + 5, RunGroundTruth.Existing(server, Request));
    }

    /// <summary>A run whose last job ended 70 seconds ago; 20 seconds from now the store gets round to one that a lagging list had misled.</summary>
    private SimulatedServer NewlyFinished()
    {
        SimulatedServer server = NewServer(TimeSpan.FromSeconds(1));
        AddFinished(server, 1, 10, hoursAgo: 2);
        AddFinished(server, 2, 10, hoursAgo: 1);
        server.AddFinished(Request.PromotionId, Request.Batch(3, 5), TimeSpan.FromSeconds(71));
        _world.After(
            TimeSpan.FromSeconds(20), () => server.Create(Request.PromotionId, Request.Batch(3, 5), 0, TimeSpan.MaxValue));
        return server;
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
        Execute(_build, server);

        Assert.Equal(Request.Count, RunGroundTruth.Existing(server, Request));
    }

    private void Execute(RunnerSetup build, SimulatedServer server)
    {
        List<SessionRecord> sessions = [];
        SimulatedProcess process = new(_world, "runner", TimeSpan.Zero);
        process.Start(() => new RunnerProcess(_world, server, process, build).RunAsync([Request], 1, sessions));
        _world.Run(() => process.HasEnded);

        Assert.True(Assert.Single(sessions).Succeeded);
    }

    private sealed class LateJobsSetup(SimulatedWorld world) : RunnerSetup
    {
        /// <summary>When the list begins to show a job.</summary>
        public Dictionary<string, TimeSpan> ShownAt { get; } = [];

        public override IFakeApi Connect(SimulatedApi store, IReadOnlyList<CodeRunRequest> requests) =>
            new LateJobs(store, job => ShownAt.GetValueOrDefault(job.JobId) <= world.Elapsed);
    }

    private sealed class LateJobs(SimulatedApi store, Func<PromotionJob, bool> isShown) : DelegatingApi(store)
    {
        public override async Task<Page<PromotionJob>> ListJobsAsync(
            string promotionId, string? jobType, int offset, CancellationToken cancellationToken)
        {
            Page<PromotionJob> page = await base.ListJobsAsync(promotionId, jobType, offset, cancellationToken);
            return new Page<PromotionJob>([.. page.Items.Where(isShown)], page.Offset, page.Limit, page.Total);
        }
    }
}
