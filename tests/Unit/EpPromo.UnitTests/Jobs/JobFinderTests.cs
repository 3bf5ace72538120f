using System.Globalization;
using EpPromo.Api;
using EpPromo.Codes;
using EpPromo.Jobs;
using EpPromo.UnitTests.Api;

namespace EpPromo.UnitTests.Jobs;

/// <summary>Whole lists of jobs: each job once, in few requests, whatever happens to the list meanwhile.</summary>
public sealed class JobFinderTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task A_list_that_grows_is_read_side_by_side_and_each_job_once(bool newestFirst, bool total)
    {
        int most = 0;
        for (int seed = 1; seed <= 200; seed++)
        {
            ReorderingList list = new(seed) { IsNewestFirst = newestFirst, ReportsTotal = total, PageLength = 5, GrowthChance = 0.3 };
            list.Add(60);
            string[] before = [.. list.Records.Select(Id)];

            string[] found = [.. (await ListAsync(list, new PageConcurrency())).Select(job => job.JobId)];

            Assert.Equal(found.Distinct(), found);
            Assert.Empty(before.Except(found));
            most = Math.Max(most, list.MaxAtOnce);
        }

        Assert.InRange(most, 2, 16);
    }

    [Theory]
    [InlineData(true, 0, 1)]
    [InlineData(true, 100, 1)]
    [InlineData(true, 101, 2)]
    [InlineData(false, 0, 1)]
    [InlineData(false, 99, 1)]
    public async Task Reading_side_by_side_costs_no_further_requests(bool total, int jobs, int requests)
    {
        ReorderingList list = new(1) { ReportsTotal = total, PageLength = 100 };
        list.Add(jobs);

        Assert.Equal(jobs, (await ListAsync(list, new PageConcurrency())).Count);

        Assert.Equal(requests, list.Requests);
    }

    [Fact]
    public async Task Lists_that_share_a_limit_together_keep_to_it()
    {
        ReorderingList one = new(1) { PageLength = 2 };
        ReorderingList other = new(2) { PageLength = 2 };
        one.Add(100);
        other.Add(100);
        PageConcurrency pages = new(4);
        int most = 0;
        Task<List<PromotionJob>> readingOne = JobFinder.ListAsync(new Store(one), "p", null, null, pages, Stop);
        Task<List<PromotionJob>> readingOther = JobFinder.ListAsync(new Store(other), "p", null, null, pages, Stop);

        while (!readingOne.IsCompleted || !readingOther.IsCompleted)
        {
            most = Math.Max(most, one.Waiting + other.Waiting);
            one.ServeOne();
            other.ServeOne();
            await Task.Yield();
        }

        Assert.Equal((100, 100), ((await readingOne).Count, (await readingOther).Count));
        Assert.InRange(most, 2, 4);
    }

    [Fact]
    public async Task If_the_store_rejects_the_filter_by_type_jobs_of_other_types_are_left_out()
    {
        ReorderingList list = new(1);
        list.Add(30);

        List<PromotionJob> jobs = await ServeAsync(
            list, JobFinder.ListAsync(new Store(list) { RejectsFilters = true }, "p", JobTypes.Export, null, new PageConcurrency(), Stop));

        Assert.Equal(15, jobs.Count);
        Assert.All(jobs, job => Assert.Equal(JobTypes.Export, job.JobType));
    }

    /// <summary>Otherwise the room of the promotion is wrong by the codes of the job.</summary>
    [Fact]
    public async Task A_job_that_two_pages_show_counts_once()
    {
        PromotionJob done = new() { JobId = "done", JobType = JobTypes.Generate, Status = "completed", NumberOfCodes = 120, Generated = 120, CreatedAt = At(1) };
        PromotionJob failed = new() { JobId = "failed", JobType = JobTypes.Generate, Status = "failed", NumberOfCodes = 100, Error = "codes limit exceeded", CreatedAt = At(2) };
        PromotionJob added = new() { JobId = "new", JobType = JobTypes.Generate, Status = "pending", NumberOfCodes = 5, CreatedAt = At(3) };

        (long? codes, CodeRoom room) = await new CodeRoomFinder(new GrowingStore([failed, done], added), null!, new PageConcurrency()).FindAsync("p", 120, Stop);

        Assert.Equal((120, 0, 99), (codes, room.Min, room.Max));
    }

    private static Task<List<PromotionJob>> ListAsync(ReorderingList list, PageConcurrency pages) =>
        ServeAsync(list, JobFinder.ListAsync(new Store(list), "p", null, null, pages, Stop));

    /// <summary>Returns the pages of a list in random order, until it is read.</summary>
    private static async Task<List<PromotionJob>> ServeAsync(ReorderingList list, Task<List<PromotionJob>> reading)
    {
        while (!reading.IsCompleted)
        {
            list.ServeOne();
            await Task.Yield();
        }

        return await reading;
    }

    private static string Id(int record) => record.ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset At(int minute) => new(2026, 11, 22, 12, minute, 0, TimeSpan.Zero);

    /// <summary>A promotion whose jobs are the records of a list, every second one an export.</summary>
    private sealed class Store(ReorderingList list) : StubApi
    {
        public bool RejectsFilters { get; init; }

        public override async Task<Page<PromotionJob>> ListJobsAsync(
            string promotionId, string? jobType, int offset, CancellationToken cancellationToken)
        {
            if (jobType is not null && RejectsFilters)
            {
                throw new EpPromoException(ErrorKind.InvalidArgument, nameof(SR.BadFilter), jobType);
            }

            Page<int> page = await list.FetchAsync(offset, cancellationToken);
            return new Page<PromotionJob>([.. page.Items.Select(ToJob)], page.Offset, page.Limit, page.Total);
        }

        private static PromotionJob ToJob(int record) =>
            new() { JobId = Id(record), JobType = record % 2 == 0 ? JobTypes.Export : JobTypes.Generate };
    }

    /// <summary>A store that shows one job on each page, and has a new one, the first of the list, after two pages.</summary>
    private sealed class GrowingStore(IReadOnlyList<PromotionJob> jobs, PromotionJob added) : StubApi
    {
        private IReadOnlyList<PromotionJob> _jobs = jobs;
        private int _requests;

        public override Task<Page<PromotionJob>> ListJobsAsync(
            string promotionId, string? jobType, int offset, CancellationToken cancellationToken)
        {
            if (++_requests == 3)
            {
                _jobs = [added, .. _jobs];
            }

            return Task.FromResult(new Page<PromotionJob>([.. _jobs.Skip(offset).Take(1)], offset, 1, null));
        }
    }
}
