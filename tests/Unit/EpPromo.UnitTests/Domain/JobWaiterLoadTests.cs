namespace EpPromo.UnitTests.Domain;

/// <summary>Thousands of jobs are waited for with so many steps as there are jobs, not with their square: counted, not timed.</summary>
public class JobWaiterLoadTests
{
    private const int Jobs = 2000;

    /// <summary>Each job in turn is the one that is looked at for all, and nothing is learned from it.</summary>
    [Fact]
    public async Task Jobs_that_fail_one_after_another_do_not_make_all_others_be_worked_out_again()
    {
        CountingClock clock = new();
        FailingJobs api = new(clock);
        JobWaiter waiter = new(api, clock, TimeSpan.FromMinutes(1));
        using CancellationTokenSource end = new();
        Task<PromotionJob>[] waits =
        [
            .. Enumerable.Range(0, Jobs).Select(number => waiter.WaitForAsync(Job(number.ToString("D4", System.Globalization.CultureInfo.InvariantCulture), JobStatuses.Processing), CancellationToken.None)),
        ];
        Task polling = waiter.RunAsync(end.Token);

        PromotionJob[] ended = await Task.WhenAll(waits);

        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => polling);
        Assert.All(ended, job => Assert.Equal(JobStatuses.Failed, job.Status));
        Assert.True(clock.Reads < 100 * Jobs, $"The clock was read {clock.Reads} times for {Jobs} jobs.");
    }

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
            lock (_seen)
            {
                string status = _seen.Add(promotionId) ? JobStatuses.Processing : JobStatuses.Failed;
                return Task.FromResult(new Page<PromotionJob>([Job(promotionId, status)], 0, 25, 1));
            }
        }
    }

    /// <summary>A clock on which each pause is over at once, and which counts how often it is read.</summary>
    private sealed class CountingClock : IClock
    {
        private readonly RushingClock _clock = new();
        private long _reads;

        public long Reads => Interlocked.Read(ref _reads);

        public DateTimeOffset UtcNow
        {
            get
            {
                Interlocked.Increment(ref _reads);
                return _clock.UtcNow;
            }
        }

        public Task DelayAsync(TimeSpan duration, CancellationToken cancellationToken) => _clock.DelayAsync(duration, cancellationToken);
    }
}
