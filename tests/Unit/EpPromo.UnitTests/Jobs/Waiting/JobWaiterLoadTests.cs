using System.Globalization;
using EpPromo.Api;
using EpPromo.Jobs.Waiting;
using EpPromo.Time;
using EpPromo.UnitTests.Simulation;

namespace EpPromo.UnitTests.Jobs.Waiting;

/// <summary>A wait for many jobs takes a number of steps that grows with the number of jobs, not with its square: counted, not timed.</summary>
public class JobWaiterLoadTests
{
    private const int Jobs = 1000;

    /// <summary>Each job in turn is the probe of its kind, and none gives an estimate.</summary>
    [Fact]
    public void A_failed_probe_does_not_replan_all_other_jobs()
    {
        SimulatedWorld world = new(new SimulatedRandom(1), TimeSpan.FromDays(1));
        SimulatedProcess process = new(world, "client", TimeSpan.Zero);
        CountingClock clock = new(process.Clock);
        PromotionJob[] ended = [];
        process.Start(async () =>
        {
            JobWaiter waiter = new(new FailingJobs(process.Clock), clock, TimeSpan.FromMinutes(1), () => 25);
            using CancellationTokenSource end = new();
            Task polling = waiter.RunAsync(end.Token);
            ended = await Task.WhenAll(Enumerable.Range(0, Jobs).Select(number => waiter.WaitForAsync(Job(number), CancellationToken.None)));
            end.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => polling);
        });
        world.Run(() => process.HasEnded);

        Assert.Equal(Jobs, ended.Count(job => job.Status == JobStatuses.Failed));
        Assert.True(clock.Reads < 30 * Jobs, $"The clock was read {clock.Reads} times for {Jobs} jobs.");
    }

    private static PromotionJob Job(int number) => Job(number.ToString(CultureInfo.InvariantCulture), JobStatuses.Processing);

    private static PromotionJob Job(string promotionId, string status) => new()
    {
        JobId = promotionId, PromotionId = promotionId, JobType = JobTypes.Generate, NumberOfCodes = 10, Status = status,
    };

    /// <summary>Each promotion has one job, which has failed by the second poll.</summary>
    private sealed class FailingJobs(IClock clock) : StubApi
    {
        private readonly HashSet<string> _seen = [];

        public override DateTimeOffset ServerTime => clock.UtcNow;

        public override Task<Page<PromotionJob>> ListJobsAsync(
            string promotionId, string? jobType, int offset, CancellationToken cancellationToken)
        {
            string status = _seen.Add(promotionId) ? JobStatuses.Processing : JobStatuses.Failed;
            return Task.FromResult(new Page<PromotionJob>([Job(promotionId, status)], 0, 25, 1));
        }
    }

    /// <summary>Counts how often it is read.</summary>
    private sealed class CountingClock(IClock clock) : IClock
    {
        public int Reads { get; private set; }

        public DateTimeOffset UtcNow
        {
            get
            {
                Reads++;
                return clock.UtcNow;
            }
        }

        public Task DelayAsync(TimeSpan duration, CancellationToken cancellationToken) => clock.DelayAsync(duration, cancellationToken);
    }
}
