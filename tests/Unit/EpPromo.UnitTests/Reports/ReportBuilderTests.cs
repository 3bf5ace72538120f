using EpPromo.Reports;

namespace EpPromo.UnitTests.Reports;

/// <summary>What a report says about runs and jobs.</summary>
public sealed class ReportBuilderTests
{
    private readonly ReportBuilder _builder = new();

    [Fact]
    public void A_failed_job_whose_codes_another_job_of_the_run_has_generated_is_resolved()
    {
        Add("bf26 0001/0002", 1);
        Add("bf26 0002/0002", 2, isFailed: true);
        Add("bf26 0003/0002", 3);

        Report report = SampleReports.Build(_builder);

        ReportProblem problem = Assert.Single(report.Problems);
        Assert.Equal(("JobFailed", true, "internal error", SR.ReportJobReplaced), (problem.ErrorId, problem.IsResolved, problem.Reason, problem.RecommendedAction));
        Assert.Equal((0, 1, 2000L), (report.Totals.OpenProblems, report.Totals.FailedJobs, report.Totals.Generated));
        Assert.Equal(("completed", 1), (report.Runs.Single().Status, report.Runs.Single().Retried));
        Assert.Equal("Run bf26", report.Title);
    }

    [Fact]
    public void A_run_with_missing_codes_is_open_and_says_how_to_resume_it()
    {
        Add("bf26 0001/0002", 1);
        Add("bf26 0002/0002", 2, isFailed: true);

        Report report = SampleReports.Build(_builder);

        Assert.Equal(["JobFailed", "RunIncomplete"], report.Problems.Select(problem => problem.ErrorId));
        Assert.All(report.Problems, problem => Assert.False(problem.IsResolved));
        Assert.All(report.Problems, problem => Assert.Contains("Request-EpPromotionCode command with -Name 'bf26'", problem.RecommendedAction, StringComparison.Ordinal));
    }

    /// <summary>The codes are still missing: the active job, too, can fail.</summary>
    [Fact]
    public void A_failed_job_of_a_run_that_is_still_processing_is_open()
    {
        Add("bf26 0001/0001", 1, isFailed: true);
        PromotionJob active = new(SampleReports.Job("Summer", "Summer", "bf26 0002/0001", 2, isFailed: false)) { Status = JobStatuses.Processing, Generated = 0 };
        _builder.Of(null, "Summer", "Summer").Add(active, isRunWhole: true);

        Report report = SampleReports.Build(_builder);

        Assert.Equal("processing", report.Runs.Single().Status);
        Assert.Equal(("JobFailed", false), (report.Problems.Single().ErrorId, report.Problems.Single().IsResolved));
        Assert.NotEqual(SR.ReportJobReplaced, report.Problems.Single().RecommendedAction);
    }

    /// <summary>The jobs that are not here can have made up for it, and can have the other codes.</summary>
    [Fact]
    public void Some_jobs_of_a_run_are_listed_and_say_nothing_of_the_run()
    {
        Add("bf26 0001/0003", 1, isRunWhole: false);
        Add("bf26 0002/0003", 2, isFailed: true, isRunWhole: false);

        Report report = SampleReports.Build(_builder);

        Assert.Empty(report.Problems);
        Assert.Empty(report.Runs);
        Assert.Equal(["bf26", "bf26"], report.Promotions.Single().Jobs.Select(job => job.Run));
        Assert.Equal((1000L, null, 1), (report.Totals.Generated, report.Totals.Requested, report.Totals.FailedJobs));
    }

    [Fact]
    public void A_job_of_no_run_that_failed_is_open()
    {
        Add("Newsletter", 1, isFailed: true, isRunWhole: false);

        Assert.Equal(1, SampleReports.Build(_builder).Totals.OpenProblems);
    }

    [Fact]
    public void The_limit_of_codes_keeps_its_own_advice()
    {
        Add("bf26 0001/0001", 1, isFailed: true, error: "codes limit exceeded");

        Assert.Contains(
            SampleReports.Build(_builder).Problems,
            problem => problem.ErrorId == "CodesLimitExceeded" && problem.RecommendedAction.Contains("raise the code limit", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_problem_on_several_promotions_is_one_with_several_places()
    {
        foreach (int number in Enumerable.Range(1, 3))
        {
            Add("Newsletter", number, isFailed: true, promotion: "P" + number);
        }

        Assert.Equal(["P1", "P2", "P3"], Assert.Single(SampleReports.Build(_builder).Problems).Places.Select(place => place.PromotionName));
    }

    [Fact]
    public void The_outcome_of_a_session_explains_what_its_jobs_do_not_show()
    {
        Add("bf26 0001/0002", 1);
        CodeRun outcome = new() { PromotionId = "Summer", Name = "BF26", Requested = 1500, Status = "failed", Error = "No response", ErrorId = "StoreUnavailable", RecommendedAction = "Try again." };
        _builder.Of(null, "Summer", "").Add(outcome);

        Report report = SampleReports.Build(_builder);

        Assert.Equal(("StoreUnavailable", "Try again."), (report.Problems.Single().ErrorId, report.Problems.Single().RecommendedAction));
        Assert.Equal((1500, "No response"), (report.Promotions.Single().Runs.Single().Requested, report.Promotions.Single().Runs.Single().Error));
    }

    [Fact]
    public void The_error_of_a_run_that_is_the_error_of_its_job_is_one_problem()
    {
        Add("bf26 0001/0001", 1, isFailed: true, error: "codes limit exceeded");
        _builder.Of(null, "Summer", "").Add(
            new CodeRun { PromotionId = "Summer", Name = "bf26", Status = "failed", Error = "Limit", ErrorId = "CodesLimitExceeded", RecommendedAction = "Ask." });

        Assert.Equal(["CodesLimitExceeded"], SampleReports.Build(_builder).Problems.Select(problem => problem.ErrorId));
    }

    /// <summary>Otherwise an outage during a run on a thousand promotions would be a thousand problems.</summary>
    [Fact]
    public void The_same_error_of_a_run_on_several_promotions_is_one_problem()
    {
        foreach (string promotion in new[] { "P1", "P2" })
        {
            _builder.Of(null, promotion, promotion).Add(
                new CodeRun { PromotionId = promotion, Name = "bf26", Status = "failed", Error = "No response for " + promotion, ErrorId = "StoreUnavailable", RecommendedAction = "Wait." });
        }

        Assert.Equal(["No response for P1", "No response for P2"], Assert.Single(SampleReports.Build(_builder).Problems).Places.Select(place => place.Message));
    }

    /// <summary>The output of the command can be saved, and the run resumed since.</summary>
    [Fact]
    public void An_outcome_that_the_jobs_contradict_is_outdated()
    {
        Add("bf26 0001/0001", 1);
        _builder.Of(null, "Summer", "").Add(new CodeRun { PromotionId = "Summer", Name = "bf26", Status = "failed", Error = "No response", ErrorId = "StoreUnavailable" });

        Assert.Empty(SampleReports.Build(_builder).Problems);
    }

    [Fact]
    public void A_run_that_failed_before_it_had_a_job_is_reported()
    {
        _builder.Of(null, "Summer", "Summer").Add(
            new CodeRun { PromotionId = "Summer", Name = "bf26", Requested = 10, Status = "failed", Error = "Automatic", ErrorId = "AutomaticPromotion", RecommendedAction = "Use another." });

        Report report = SampleReports.Build(_builder);

        Assert.Equal("AutomaticPromotion", report.Problems.Single().ErrorId);
        Assert.Equal(("bf26", "incomplete", 0L), (report.Runs.Single().Name, report.Runs.Single().Status, report.Runs.Single().Generated));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("bf26")]
    public void What_could_not_be_read_is_an_open_problem(string? run)
    {
        _builder.Of(null, "Summer", "Summer").Add(new EpPromoException(ErrorKind.NotFound, nameof(SR.JobNotFound), "1", "Summer"), run);

        Report report = SampleReports.Build(_builder);

        Assert.Equal(1, report.Totals.OpenProblems);
        Assert.Equal(run, report.Problems.Single().Places.Single().Run);
    }

    [Fact]
    public void A_job_that_is_added_twice_counts_once_in_its_newer_state()
    {
        Add("Newsletter", 1, isFailed: true);
        Add("Newsletter", 1);

        Assert.Equal((1, 1), (SampleReports.Build(_builder).Totals.Jobs, SampleReports.Build(_builder).Totals.CompletedJobs));
    }

    private void Add(string name, int number, bool isFailed = false, string error = "internal error", string promotion = "Summer", bool isRunWhole = true) =>
        _builder.Of(null, promotion, promotion).Add(SampleReports.Job(promotion, promotion, name, number, isFailed, error), isRunWhole);
}
