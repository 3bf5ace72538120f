using EpPromo.Api;
using EpPromo.Runs.Finding;

using static EpPromo.UnitTests.Runs.RunJobs;

namespace EpPromo.UnitTests.Runs.Finding;

/// <summary>The runs of a store, found by the names of its jobs.</summary>
public class RunFinderTests
{
    private readonly FakeJobStore _jobs = new();

    [Fact]
    public async Task A_complete_run_is_found_with_its_parameters()
    {
        _jobs.Add("p", Completed("a", 1, 10, 0), Completed("b", 2, 10, 1), Completed("c", 3, 5, 2));

        CodeRun run = Assert.Single(await FindAsync());

        Assert.Equal(("bf26", "p", "Summer"), (run.Name, run.PromotionId, run.PromotionName));
        Assert.Equal((25, 25, 25, 3, 0), (run.Requested, run.MaxRequested, run.Generated, run.Jobs, run.Retried));
        Assert.Equal(("summer", 10, "completed"), (run.CodePrefix, run.BatchSize, run.Status));
        Assert.Equal((Start, Start.AddMinutes(2.9)), (run.Started, run.Finished));
    }

    [Fact]
    public async Task A_run_whose_job_is_active_is_processing()
    {
        _jobs.Add("p", Completed("a", 1, 10, 0), Active("b", 2, 10, 1));

        CodeRun run = Assert.Single(await FindAsync());

        Assert.Equal((null, 30, 10, "processing", null), (run.Requested, run.MaxRequested, run.Generated, run.Status, run.Finished));
    }

    [Fact]
    public async Task A_run_whose_last_job_failed_is_incomplete_and_says_why()
    {
        _jobs.Add("p", Completed("a", 1, 10, 0), new PromotionJob(Completed("b", 2, 10, 1)) { Status = JobStatuses.Failed, Error = "quota" });

        CodeRun run = Assert.Single(await FindAsync());

        Assert.Equal((10, 2, "incomplete", "quota"), (run.Generated, run.Jobs, run.Status, run.Error));
    }

    /// <summary>
    /// Two runners have generated the second batch. The jobs show only that 25 to 30 codes were requested, so up to 5 of the 35 codes are
    /// surplus for certain.
    /// </summary>
    [Fact]
    public async Task Surplus_codes_are_not_counted()
    {
        _jobs.Add("p", Completed("a", 1, 10, 0), Completed("b", 2, 10, 1), Completed("c", 2, 10, 1), Completed("d", 3, 5, 2));

        CodeRun run = Assert.Single(await FindAsync());

        Assert.Equal(("completed", 30), (run.Status, run.Generated));
    }

    [Fact]
    public async Task Jobs_that_no_run_has_created_are_not_runs()
    {
        _jobs.Add(
            "p",
            new PromotionJob(Completed("a", 1, 10, 0)) { Name = "summer" },
            new PromotionJob(Completed("b", 1, 10, 0)) { Name = "" },
            new PromotionJob(Completed("c", 1, 10, 0)) { Name = " bf26 0001/0003" },
            new PromotionJob(Completed("d", 1, 10, 0)) { Name = "bf26 0001/9999" },
            new PromotionJob(Completed("e", 1, 10, 0)) { JobType = JobTypes.Export });

        Assert.Empty(await FindAsync());
    }

    [Fact]
    public async Task A_job_that_two_pages_show_is_counted_once()
    {
        _jobs.PageSize = 2;
        _jobs.Add("p", Completed("a", 1, 10, 0), Completed("b", 2, 10, 1), Completed("b", 2, 10, 1), Completed("c", 3, 5, 2));

        Assert.Equal(25, Assert.Single(await FindAsync()).Generated);
    }

    /// <summary>Names in PowerShell are not case-sensitive, and neither is resuming a run.</summary>
    [Fact]
    public async Task Upper_and_lower_case_are_the_same_run()
    {
        _jobs.Add("p", Completed("a", 1, 10, 0), new PromotionJob(Completed("b", 2, 10, 1)) { Name = "BF26 0002/0003" });

        CodeRun run = Assert.Single(await FindAsync());

        Assert.Equal(("bf26", 2), (run.Name, run.Jobs));
    }

    [Fact]
    public async Task Only_runs_that_are_wanted_are_returned()
    {
        _jobs.Add("p", Completed("a", 1, 10, 0), new PromotionJob(Completed("b", 1, 10, 1)) { Name = "xmas 0001/0003" });

        IReadOnlyList<CodeRun> runs = await new RunFinder(_jobs, new PageConcurrency()).FindAsync("p", name => name == "xmas", TestContext.Current.CancellationToken);

        Assert.Equal(["xmas"], runs.Select(run => run.Name));
    }

    [Fact]
    public async Task A_run_of_several_promotions_is_one_run()
    {
        _jobs.Add("p", Completed("a", 1, 10, 5), Completed("b", 2, 10, 6), Completed("c", 3, 5, 7));
        _jobs.Add("q", Completed("d", 1, 10, 1), Completed("e", 2, 10, 2), Completed("f", 3, 5, 3));

        PromotionRun run = Assert.Single(RunFinder.Combine([.. await FindAsync("p"), .. await FindAsync("q")]));

        Assert.Equal(("bf26", 2, "completed"), (run.Name, run.Promotions, run.Status));
        Assert.Equal(["q", "p"], run.PromotionIds);
        Assert.Equal((50, 50, 6), (run.Requested, run.Generated, run.Jobs));
        Assert.Equal((Start.AddMinutes(1), Start.AddMinutes(7.9)), (run.Started, run.Finished));
    }

    [Theory]
    [InlineData("processing", "completed", "incomplete", "processing")]
    [InlineData("incomplete", "completed", "incomplete", "completed")]
    [InlineData("completed", "completed", "completed", "completed")]
    public void The_status_is_that_of_the_part_that_is_least_far(string expected, params string[] parts) =>
        Assert.Equal(expected, new PromotionRun(parts.Select(status => new CodeRun { Name = "bf26", Status = status })).Status);

    /// <summary>The parts of an open run that do not show their count leave the whole unknown.</summary>
    [Fact]
    public void The_requested_count_is_known_if_all_parts_show_it()
    {
        CodeRun known = new() { Name = "bf26", Requested = int.MaxValue, MaxRequested = int.MaxValue };
        CodeRun open = new() { Name = "bf26", MaxRequested = int.MaxValue };

        Assert.Equal(2L * int.MaxValue, new PromotionRun([known, known]).Requested);
        Assert.Equal((null, 2L * int.MaxValue), (new PromotionRun([known, open]).Requested, new PromotionRun([known, open]).MaxRequested));
    }

    [Fact]
    public void The_newest_run_comes_first()
    {
        CodeRun[] parts =
        [
            new() { Name = "unknown" }, new() { Name = "old", Started = Start }, new() { Name = "new", Started = Start.AddDays(1) },
        ];

        Assert.Equal(["new", "old", "unknown"], RunFinder.Combine(parts).Select(run => run.Name));
    }

    private Task<IReadOnlyList<CodeRun>> FindAsync(string promotionId = "p") =>
        new RunFinder(_jobs, new PageConcurrency()).FindAsync(promotionId, _ => true, TestContext.Current.CancellationToken);
}
