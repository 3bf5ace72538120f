using System.Globalization;
using EpPromo.Api;
using EpPromo.Jobs.Waiting;
using EpPromo.Time;
using EpPromo.UnitTests.Simulation;

namespace EpPromo.UnitTests.Domain;

/// <summary>A wait for many jobs takes so many steps as there are jobs, not their square: counted, not timed.</summary>
public class JobWaiterLoadTests
{
    private const int Jobs = 1000;

    /// <summary>Each job in turn is the one that is looked at for all of its kind, and nothing is learned from it.</summary>
    [Fact]
    public void Jobs_that_fail_one_after_another_do_not_make_all_others_be_worked_out_again()
    {
        SimulatedWorld world = new(new SimulatedRandom(1), TimeSpan.FromDays(1));
        SimulatedProcess process = new(world, "client", TimeSpan.Zero);
        CountingClock clock = new(process.Clock);
        PromotionJob[] ended = [];
        process.Start(async () =>
        {
            JobWaiter waiter = new(new FailingJobs(process.Clock), clock, TimeSpan.FromMinutes(1));
            using CancellationTokenSource end = new();
            Task polling = waiter.RunAsync(end.Token);
            ended = await Task.WhenAll(Enumerable.Range(0, Jobs).Select(number => waiter.WaitForAsync(Job(number), CancellationToken.None)));
            end.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => polling);
        });
        world.Run(() => process.HasEnded);

        Assert.Equal(Jobs, ended.Count(job => job.Status == JobStatuses.Failed));
        Assert.True(clock.Reads < 20 * Jobs, $"The clock was read {clock.Reads} times for {Jobs} jobs.");
    }

    private static PromotionJob Job(int number) => Job(number.ToString(CultureInfo.InvariantCulture), JobStatuses.Processing);

    private static PromotionJob Job(string promotionId, string status) => new()
    {
        JobId = promotionId, PromotionId = promotionId, JobType = JobTypes.Generate, NumberOfCodes = 10, Status = status,
    };

    /// <summary>Each promotion has one job, which has failed when it is looked at for the second time.</summary>
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
