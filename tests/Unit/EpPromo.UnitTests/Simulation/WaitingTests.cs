using EpPromo.Jobs;
using EpPromo.Jobs.Waiting;

namespace EpPromo.UnitTests.Simulation;

/// <summary>How often a job is polled: each poll is a request of the store's budget.</summary>
public class WaitingTests
{
    private static readonly TimeSpan s_jobTime = TimeSpan.FromSeconds(60);

    private readonly SimulatedWorld _world = new(new SimulatedRandom(1), TimeSpan.FromDays(1));
    private readonly SimulatedServer _server;
    private readonly SimulatedProcess _process;
    private readonly SimulatedApi _store;

    public WaitingTests()
    {
        _server = new SimulatedServer(_world, new StoreBehaviour { ShortestJob = s_jobTime, LongestJob = s_jobTime, LongestLatency = TimeSpan.FromMilliseconds(20) });
        _process = new SimulatedProcess(_world, "client", TimeSpan.Zero);
        _store = new SimulatedApi(_world, _server, _process);
        _server.AddPromotion("first");
        _server.AddPromotion("second");
    }

    [Fact]
    public void A_job_on_a_promotion_without_history_is_polled_when_similar_jobs_of_other_promotions_have_ended()
    {
        int withoutEstimate = 0;
        int withEstimate = 0;
        Run(async waiter =>
        {
            await waiter.WaitForAsync(await CreateAsync("first"), CancellationToken.None);
            withoutEstimate = Polls();
            await waiter.WaitForAsync(await CreateAsync("second"), CancellationToken.None);
            withEstimate = Polls() - withoutEstimate;
        });

        Assert.True(withoutEstimate > 10, $"{withoutEstimate} polls of a job without an estimate.");
        Assert.InRange(withEstimate, 1, 4);
    }

    [Fact]
    public void A_job_created_long_ago_is_polled_at_once()
    {
        TimeSpan waited = TimeSpan.MaxValue;
        Run(async waiter =>
        {
            PromotionJob pending = await CreateAsync("first");
            await _process.Clock.DelayAsync(TimeSpan.FromHours(1), CancellationToken.None);
            TimeSpan start = _world.Elapsed;
            await waiter.WaitForAsync(pending, CancellationToken.None);
            waited = _world.Elapsed - start;
        });

        Assert.True(waited < TimeSpan.FromSeconds(1), $"It took {waited} to find that a job had ended long before.");
    }

    [Fact]
    public void A_job_of_another_type_is_polled_at_its_own_interval()
    {
        TimeSpan waited = TimeSpan.MaxValue;
        Run(async waiter =>
        {
            Task<PromotionJob> slow = waiter.WaitForAsync(await CreateAsync("first"), CancellationToken.None);
            await _process.Clock.DelayAsync(TimeSpan.FromSeconds(1), CancellationToken.None);
            JobsTake(TimeSpan.FromSeconds(2));
            TimeSpan start = _world.Elapsed;
            await waiter.WaitForAsync(
                await _store.CreateJobAsync("second", NewJob.Export("export"), CancellationToken.None), CancellationToken.None);
            waited = _world.Elapsed - start;
            await slow;
        });

        Assert.InRange(waited, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void Jobs_of_one_type_and_size_use_the_duration_of_the_first_that_ends()
    {
        JobsTake(TimeSpan.FromSeconds(16));
        _server.AddPromotion("third");
        TimeSpan waited = TimeSpan.MaxValue;
        Run(async waiter =>
        {
            TimeSpan start = _world.Elapsed;
            PromotionJob[] jobs = [await CreateAsync("first"), await CreateAsync("second"), await CreateAsync("third")];
            await Task.WhenAll(jobs.Select(job => waiter.WaitForAsync(job, CancellationToken.None)));
            waited = _world.Elapsed - start;
        });

        Assert.InRange(waited, TimeSpan.FromSeconds(16), TimeSpan.FromSeconds(21));
    }

    [Fact]
    public void A_wait_that_was_cancelled_during_a_poll_no_longer_probes_for_the_others()
    {
        TimeSpan waited = TimeSpan.MaxValue;
        Run(async waiter =>
        {
            using CancellationTokenSource stop = new();
            Task<PromotionJob> cancelled = waiter.WaitForAsync(await CreateAsync("first"), stop.Token);
            while (Polls() == 0)
            {
                await _process.Clock.DelayAsync(TimeSpan.FromMilliseconds(1), CancellationToken.None);
            }

            stop.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
            JobsTake(TimeSpan.FromSeconds(2));
            TimeSpan start = _world.Elapsed;
            await waiter.WaitForAsync(await CreateAsync("second"), CancellationToken.None);
            waited = _world.Elapsed - start;
        });

        Assert.InRange(waited, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void A_job_whose_timeout_passes_before_the_first_poll_is_polled_once()
    {
        PromotionJob? last = null;
        PromotionJob? unknown = null;
        Run(async waiter =>
        {
            PromotionJob job = await CreateAsync("first");
            using CancellationTokenSource timeout = new();
            Task<PromotionJob?> wait = waiter.WaitUntilAsync(job.PromotionId, job.JobId, job, timeout.Token, CancellationToken.None);
            timeout.Cancel();
            last = await wait;
            unknown = await waiter.WaitUntilAsync("second", "nothing", null, timeout.Token, CancellationToken.None);
        });

        Assert.False(last!.IsFinished);
        Assert.Null(unknown);
        Assert.Equal(2, Polls());
    }

    [Fact]
    public void A_job_whose_timeout_passes_between_two_polls_is_not_polled_again()
    {
        PromotionJob? last = null;
        int polls = 0;
        Run(async waiter =>
        {
            PromotionJob job = await CreateAsync("first");
            using CancellationTokenSource timeout = new();
            Task<PromotionJob?> wait = waiter.WaitUntilAsync(job.PromotionId, job.JobId, job, timeout.Token, CancellationToken.None);

            // The polls are a second apart, and the timeout falls between two of them.
            await _process.Clock.DelayAsync(s_jobTime - TimeSpan.FromSeconds(20), CancellationToken.None);
            polls = Polls();
            timeout.Cancel();
            last = await wait;
        });

        Assert.False(last!.IsFinished);
        Assert.True(polls > 1, $"{polls} polls in two thirds of the time.");
        Assert.Equal(polls, Polls());
    }

    private Task<PromotionJob> CreateAsync(string promotionId) =>
        _store.CreateJobAsync(promotionId, new NewJob { JobType = JobTypes.Generate, Name = promotionId, NumberOfCodes = 100 }, CancellationToken.None);

    private void JobsTake(TimeSpan time) => _server.Behaviour = _server.Behaviour with { ShortestJob = time, LongestJob = time };

    private int Polls() => _world.History.Count(line => line.Contains("-> list", StringComparison.Ordinal));

    private void Run(Func<JobWaiter, Task> work)
    {
        _process.Start(async () =>
        {
            await _store.ConnectAsync();
            JobWaiter waiter = new(_store, _process.Clock, TimeSpan.FromSeconds(60), () => 25);
            using CancellationTokenSource end = new();
            Task polling = waiter.RunAsync(end.Token);
            await work(waiter);
            end.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => polling);
        });
        _world.Run(() => _process.HasEnded);
    }
}
