using EpPromo.Api;
using EpPromo.Runs;

namespace EpPromo.UnitTests.Simulation;

/// <summary>Jobs that lists show late, of a runner that was killed and does not restart: only the other runner can apply them.</summary>
public class LateJobTests
{
    private static readonly CodeRunRequest s_request =
        new() { PromotionId = "promo-1", Name = "bf26", Count = 25, BatchSize = 10, CodePrefix = "summer" };

    private readonly SimulatedWorld _world = new(new SimulatedRandom(2), TimeSpan.FromDays(1));
    private readonly LateJobsSetup _setup;

    public LateJobTests() => _setup = new LateJobsSetup(_world);

    [Fact]
    public void A_job_that_becomes_visible_during_the_wait_before_a_removal_counts_toward_the_surplus()
    {
        SimulatedServer server = NewServer(TimeSpan.FromSeconds(1));
        AddFinished(server, 1, 10, hoursAgo: 4);
        AddFinished(server, 2, 10, hoursAgo: 3);
        AddFinished(server, 2, 10, hoursAgo: 2);
        AddFinished(server, 3, 5, hoursAgo: 1);
        _world.After(
            TimeSpan.FromSeconds(90),
            () => server.Create(s_request.PromotionId, s_request.Batch(3, 5), 0, TimeSpan.MaxValue));

        AssertExact(server);
    }

    /// <summary>The first of them becomes visible while the run's own third job is at work, and makes that job unnecessary.</summary>
    [Fact]
    public void The_final_check_is_a_whole_window_after_another_runners_job_was_found()
    {
        SimulatedServer server = NewServer(TimeSpan.FromMinutes(2));
        _setup.ShownAt[AddFinished(server, 3, 5, hoursAgo: 4)] = TimeSpan.FromSeconds(300);
        _setup.ShownAt[AddFinished(server, 3, 5, hoursAgo: 3)] = TimeSpan.FromSeconds(340);

        AssertExact(server);
    }

    /// <summary>Until the last codes became visible, another runner may have found codes missing and sent a create.</summary>
    [Fact]
    public void The_final_check_is_a_whole_window_after_the_last_codes_became_visible()
    {
        SimulatedServer server = NewServer(TimeSpan.FromMinutes(2));
        _setup.ShownAt[AddFinished(server, 3, 5, hoursAgo: 4)] = TimeSpan.FromSeconds(400);

        AssertExact(server);
    }

    /// <summary>
    /// For a whole window after the last code was generated, a list can show another runner that codes are missing. If that runner then sends
    /// a create and is killed, the job may become visible another window later.
    /// </summary>
    [Fact]
    public void A_create_that_was_sent_while_a_list_lagged_is_found_although_the_last_change_is_older_than_a_window()
    {
        SimulatedServer server = NewlyFinished();

        Execute(_setup, server);

        Assert.Equal(s_request.Count, RunGroundTruth.ExistingCodes(server, s_request));
    }

    [Fact]
    public void Waiting_for_only_one_window_misses_it()
    {
        SimulatedServer server = NewlyFinished();

        Execute(new FastServerClockMutant(TimeSpan.FromMinutes(6)), server);
        _world.Run(() => server.Jobs.Count() == 4 && server.IsIdle);

        Assert.Equal(s_request.Count + 5, RunGroundTruth.ExistingCodes(server, s_request));
    }

    /// <summary>A run whose last job ended 70 seconds ago; in 20 seconds the store processes a create that a lagging list had caused.</summary>
    private SimulatedServer NewlyFinished()
    {
        SimulatedServer server = NewServer(TimeSpan.FromSeconds(1));
        AddFinished(server, 1, 10, hoursAgo: 2);
        AddFinished(server, 2, 10, hoursAgo: 1);
        server.AddFinished(s_request.PromotionId, s_request.Batch(3, 5), TimeSpan.FromSeconds(71));
        _world.After(
            TimeSpan.FromSeconds(20), () => server.Create(s_request.PromotionId, s_request.Batch(3, 5), 0, TimeSpan.MaxValue));
        return server;
    }

    private SimulatedServer NewServer(TimeSpan jobTime)
    {
        SimulatedServer server = new(_world, new StoreBehaviour { ShortestJob = jobTime, LongestJob = jobTime });
        server.AddPromotion(s_request.PromotionId);
        return server;
    }

    private static string AddFinished(SimulatedServer server, int number, int size, int hoursAgo)
    {
        server.AddFinished(s_request.PromotionId, s_request.Batch(number, size), TimeSpan.FromHours(hoursAgo));
        return server.Promotion(s_request.PromotionId).Jobs[^1].Id;
    }

    /// <summary>Resumes the run, which must succeed with exactly the requested codes.</summary>
    private void AssertExact(SimulatedServer server)
    {
        Execute(_setup, server);

        Assert.Equal(s_request.Count, RunGroundTruth.ExistingCodes(server, s_request));
    }

    private void Execute(RunnerSetup setup, SimulatedServer server)
    {
        List<SessionRecord> sessions = [];
        SimulatedProcess process = new(_world, "runner", TimeSpan.Zero);
        process.Start(() => new RunnerProcess(_world, server, process, setup).RunAsync([s_request], 1, sessions));
        _world.Run(() => process.HasEnded);

        Assert.True(Assert.Single(sessions).Succeeded);
    }

    private sealed class LateJobsSetup(SimulatedWorld world) : RunnerSetup
    {
        /// <summary>When lists begin to show a job.</summary>
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
