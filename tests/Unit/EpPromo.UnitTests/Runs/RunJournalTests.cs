using EpPromo.Jobs;
using EpPromo.Runs;
using static EpPromo.UnitTests.Runs.RunJobs;

namespace EpPromo.UnitTests.Runs;

/// <summary>What a run concludes from the jobs that it has seen in lists.</summary>
public class RunJournalTests
{
    private readonly RunJournal _journal = new(Request);

    [Fact]
    public void All_codes_of_a_new_run_are_missing()
    {
        Assert.Equal(25, _journal.Missing);
        Assert.Equal(1, _journal.NextNumber);
        Assert.Null(_journal.ActiveJob);
        Assert.False(_journal.HasGaps);
        Assert.Equal("", _journal.FindParameterDifferences());
        Assert.Equal("", _journal.FindCountDifference());
    }

    [Fact]
    public void The_missing_codes_follow_from_the_generated_ones_and_not_from_the_plan()
    {
        _journal.Observe([Completed("a", 1, 10, 0), Completed("b", 2, 10, 1, generated: 7)]);

        Assert.Equal(17, _journal.Generated);
        Assert.Equal(8, _journal.Missing);
        Assert.Equal(3, _journal.NextNumber);
    }

    [Theory]
    [InlineData(JobStatuses.Failed)]
    [InlineData(JobStatuses.Cancelled)]
    public void Failed_and_cancelled_batches_count_for_nothing(string status)
    {
        _journal.Observe([new PromotionJob(Completed("a", 1, 10, 0)) { Status = status, Generated = 6, Deleted = 6 }]);

        Assert.Equal(25, _journal.Missing);
        Assert.Equal((1, 0, 2), (_journal.JobCount, _journal.Retried, _journal.NextNumber));

        _journal.Observe([Completed("b", 2, 10, 1)]);
        Assert.Equal((2, 1, 3), (_journal.JobCount, _journal.Retried, _journal.NextNumber));
    }

    [Fact]
    public void Jobs_of_others_are_ignored()
    {
        bool isNew = _journal.Observe(
        [
            new PromotionJob(Completed("a", 1, 10, 0)) { Name = "bf26 x 0001/0003" },
            new PromotionJob(Completed("b", 1, 10, 0)) { Name = "bf26" },
            new PromotionJob(Completed("c", 1, 10, 0)) { JobType = JobTypes.Export },
        ]);

        Assert.False(isNew);
        Assert.Equal(0, _journal.JobCount);
    }

    [Fact]
    public void A_job_that_has_ended_stays_ended_even_if_a_lagging_list_shows_it_as_active()
    {
        Assert.True(_journal.Observe([Active("a", 1, 10, 0)]));
        Assert.Equal("a", _journal.ActiveJob?.JobId);
        Assert.False(_journal.Observe([Active("a", 1, 10, 0)]));
        Assert.True(_journal.Observe([Completed("a", 1, 10, 0)]));
        Assert.False(_journal.Observe([Active("a", 1, 10, 0)]));

        Assert.Null(_journal.ActiveJob);
        Assert.Equal(10, _journal.Generated);
    }

    [Fact]
    public void A_count_that_is_reported_late_replaces_the_requested_number()
    {
        _journal.Observe([new PromotionJob(Completed("a", 1, 10, 0)) { Generated = null }]);
        Assert.Equal(10, _journal.Generated);

        Assert.True(_journal.Observe([Completed("a", 1, 10, 0, generated: 7)]));
        Assert.False(_journal.Observe([Completed("a", 1, 10, 0, generated: 7), new PromotionJob(Completed("a", 1, 10, 0)) { Generated = null }]));

        Assert.Equal((7, 18), (_journal.Generated, _journal.Missing));
    }

    [Fact]
    public void A_failed_job_may_report_later_that_it_deleted_its_codes()
    {
        PromotionJob failed = new PromotionJob(Completed("a", 1, 10, 0, generated: 6)) { Status = JobStatuses.Failed };
        _journal.Observe([failed]);
        Assert.Single(_journal.FindSurplus());

        Assert.True(_journal.Observe([new PromotionJob(failed) { Deleted = 6 }]));
        Assert.Empty(_journal.FindSurplus());
    }

    [Fact]
    public void The_oldest_active_job_is_the_first_to_wait_for()
    {
        _journal.Observe([Active("b", 2, 10, 1), Active("a", 1, 10, 0)]);

        Assert.Equal("a", _journal.ActiveJob?.JobId);
    }

    [Fact]
    public void Known_parameters_stay_if_the_store_shows_none()
    {
        PromotionJob made = new PromotionJob(Active("a", 1, 10, 0)) { NumberOfCodes = null, CodePrefix = null };
        _journal.AddCreated(made, Request.Batch(1, 10));
        _journal.Observe([new PromotionJob(made) { Status = JobStatuses.Completed, UpdatedAt = Start.AddMinutes(1) }]);

        Assert.Equal(10, _journal.Generated);
        Assert.Equal("summer", Assert.Single(_journal.CountedJobs).CodePrefix);
        Assert.Equal("", _journal.FindParameterDifferences());
    }

    [Fact]
    public void A_missing_number_is_a_gap_until_the_list_must_be_complete()
    {
        _journal.Observe([Completed("c", 3, 10, 2), Completed("a", 1, 10, 0)]);
        Assert.True(_journal.HasGaps);

        _journal.ConfirmGaps();
        Assert.False(_journal.HasGaps);

        _journal.Observe([Completed("e", 5, 1, 4)]);
        Assert.True(_journal.HasGaps);
        _journal.Observe([Completed("d", 4, 1, 3)]);
        Assert.False(_journal.HasGaps);
    }

    [Fact]
    public void An_active_job_exceeds_the_missing_codes_if_it_generates_more_than_that()
    {
        _journal.Observe([Completed("a", 1, 10, 0), Completed("b", 2, 10, 1)]);

        Assert.False(_journal.ExceedsMissing(Active("c", 3, 5, 2)));
        Assert.True(_journal.ExceedsMissing(Active("c", 2, 10, 2)));
        Assert.False(_journal.ExceedsMissing(new PromotionJob(Active("c", 3, 5, 2)) { NumberOfCodes = null }));
    }

    [Fact]
    public void Two_jobs_of_one_batch_may_both_continue_while_enough_codes_are_missing()
    {
        _journal.Observe([Completed("a", 1, 10, 0)]);

        Assert.False(_journal.ExceedsMissing(Active("b", 1, 10, 1)));
    }

    [Fact]
    public void The_oldest_jobs_keep_their_codes()
    {
        _journal.Observe([Completed("d", 3, 5, 3), Completed("c", 2, 10, 2), Completed("b", 2, 10, 1), Completed("a", 1, 10, 0)]);

        Assert.Equal(-10, _journal.Missing);
        Assert.Equal(
            [("c", 10, 5), ("d", 5, 0)],
            _journal.FindSurplus().Select(group => (group.Jobs[0].JobId, group.RemainingCodes, group.KeptCodes)));
    }

    /// <summary>A runner that knows less keeps at least as much of each job as one that knows more.</summary>
    [Fact]
    public void The_more_jobs_are_known_the_fewer_codes_of_each_stay()
    {
        PromotionJob[] all = [.. Enumerable.Range(0, 6).Select(i => Completed(string.Concat("job", i), 1 + (i / 2), 10, i))];
        _journal.Observe(all);
        for (int known = 1; known < 1 << all.Length; known++)
        {
            RunJournal less = new(Request);
            less.Observe(all.Where((_, i) => (known & (1 << i)) != 0));

            foreach (SurplusGroup some in less.FindSurplus())
            {
                Assert.Contains(_journal.FindSurplus(), one => one.Jobs[0].JobId == some.Jobs[0].JobId && one.KeptCodes <= some.KeptCodes);
            }
        }
    }

    [Fact]
    public void Jobs_whose_times_overlap_form_one_surplus_group()
    {
        PromotionJob slow = new PromotionJob(Completed("a", 1, 10, 0)) { UpdatedAt = Start.AddMinutes(5) };
        _journal.Observe([slow, Completed("b", 1, 10, 2), Completed("c", 2, 10, 6)]);

        SurplusGroup surplus = Assert.Single(_journal.FindSurplus());
        Assert.Equal(["c"], surplus.Jobs.Select(job => job.JobId));

        _journal.Observe([new PromotionJob(Completed("d", 2, 10, 6)) { CreatedAt = Start.AddMinutes(6.5) }]);
        surplus = Assert.Single(_journal.FindSurplus());
        Assert.Equal(["c", "d"], surplus.Jobs.Select(job => job.JobId));
        Assert.Equal((20, 5), (surplus.RemainingCodes, surplus.KeptCodes));
    }

    /// <summary>If a count is missing, nothing is known about the codes (api-contract.md section 5).</summary>
    [Theory]
    [InlineData(JobStatuses.Failed, null, null, 10)]
    [InlineData(JobStatuses.Failed, null, 4, 6)]
    [InlineData(JobStatuses.Cancelled, null, null, 10)]
    [InlineData(JobStatuses.Cancelled, 6, null, 6)]
    [InlineData(JobStatuses.Cancelled, null, 4, 6)]
    public void Codes_that_a_job_may_have_left_are_a_possible_surplus(string status, int? generated, int? deleted, int atMost)
    {
        _journal.Observe(
            [new PromotionJob(Completed("a", 1, 10, 0)) { Status = status, Generated = generated, Deleted = deleted }, Completed("b", 2, 10, 1)]);

        Assert.Equal(15, _journal.Missing);
        Assert.Equal(atMost, Assert.Single(_journal.FindSurplus()).SurplusCodes);
    }

    /// <summary>A store may show no parameters, but no job generates more codes than the API allows.</summary>
    [Fact]
    public void A_failed_job_of_unknown_size_may_have_left_the_maximum_of_a_job()
    {
        _journal.Observe([new PromotionJob(Completed("a", 1, 10, 0)) { Status = JobStatuses.Failed, Generated = null, NumberOfCodes = null }]);

        Assert.Equal(NewJob.MaxNumberOfCodes, Assert.Single(_journal.FindSurplus()).SurplusCodes);
    }

    [Theory]
    [InlineData(JobStatuses.Failed, null, 6)]
    [InlineData(JobStatuses.Failed, 0, 6)]
    [InlineData(JobStatuses.Failed, 6, 0)]
    [InlineData(JobStatuses.Cancelled, 6, 0)]
    [InlineData(JobStatuses.Cancelled, 4, 2)]
    public void Codes_left_by_a_job_that_counts_for_nothing_are_surplus(string status, int? deleted, int surplusCodes)
    {
        _journal.Observe([new PromotionJob(Completed("a", 1, 10, 0)) { Status = status, Generated = 6, Deleted = deleted }, Completed("b", 2, 10, 1)]);

        Assert.Equal(15, _journal.Missing);
        Assert.Equal(surplusCodes, _journal.FindSurplus().Sum(group => group.SurplusCodes));
    }
}
