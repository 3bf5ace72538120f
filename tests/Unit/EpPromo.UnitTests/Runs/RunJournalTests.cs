using EpPromo.Jobs;
using EpPromo.Runs;
using static EpPromo.UnitTests.Runs.RunJobs;

namespace EpPromo.UnitTests.Runs;

public class RunJournalTests
{
    private readonly RunJournal _journal = new(Request);

    [Fact]
    public void A_new_run_misses_everything()
    {
        Assert.Equal(25, _journal.Missing);
        Assert.Equal(1, _journal.NextNumber);
        Assert.Null(_journal.ActiveJob);
        Assert.False(_journal.HasGaps);
        Assert.Equal("", _journal.FindParameterDifferences());
        Assert.Equal("", _journal.FindCountDifference());
    }

    [Fact]
    public void What_is_missing_follows_from_what_was_generated_and_not_from_the_plan()
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
        _journal.Observe([Completed("a", 1, 10, 0) with { Status = status, Generated = 6, Deleted = 6 }]);

        Assert.Equal(25, _journal.Missing);
        Assert.Equal((1, 0, 2), (_journal.JobCount, _journal.Retried, _journal.NextNumber));

        _journal.Observe([Completed("b", 2, 10, 1)]);
        Assert.Equal((2, 1, 3), (_journal.JobCount, _journal.Retried, _journal.NextNumber));
    }

    [Fact]
    public void Jobs_of_others_are_none_of_the_run()
    {
        bool isNew = _journal.Observe(
        [
            Completed("a", 1, 10, 0) with { Name = "bf26 x 0001/0003" },
            Completed("b", 1, 10, 0) with { Name = "bf26" },
            Completed("c", 1, 10, 0) with { JobType = JobTypes.Export },
        ]);

        Assert.False(isNew);
        Assert.Equal(0, _journal.JobCount);
    }

    [Fact]
    public void What_has_ended_stays_ended_though_a_lagging_list_shows_it_at_work()
    {
        Assert.True(_journal.Observe([AtWork("a", 1, 10, 0)]));
        Assert.Equal("a", _journal.ActiveJob?.JobId);
        Assert.False(_journal.Observe([AtWork("a", 1, 10, 0)]));
        Assert.True(_journal.Observe([Completed("a", 1, 10, 0)]));
        Assert.False(_journal.Observe([AtWork("a", 1, 10, 0)]));

        Assert.Null(_journal.ActiveJob);
        Assert.Equal(10, _journal.Generated);
    }

    [Fact]
    public void A_count_that_comes_late_takes_the_place_of_what_was_asked_for()
    {
        _journal.Observe([Completed("a", 1, 10, 0) with { Generated = null }]);
        Assert.Equal(10, _journal.Generated);

        Assert.True(_journal.Observe([Completed("a", 1, 10, 0, generated: 7)]));
        Assert.False(_journal.Observe([Completed("a", 1, 10, 0, generated: 7), Completed("a", 1, 10, 0) with { Generated = null }]));

        Assert.Equal((7, 18), (_journal.Generated, _journal.Missing));
    }

    [Fact]
    public void A_failed_job_may_say_later_that_it_has_taken_its_codes_back()
    {
        PromotionJob failed = Completed("a", 1, 10, 0, generated: 6) with { Status = JobStatuses.Failed };
        _journal.Observe([failed]);
        Assert.Single(_journal.FindSurplus());

        Assert.True(_journal.Observe([failed with { Deleted = 6 }]));
        Assert.Empty(_journal.FindSurplus());
    }

    [Fact]
    public void The_oldest_job_at_work_is_finished_first()
    {
        _journal.Observe([AtWork("b", 2, 10, 1), AtWork("a", 1, 10, 0)]);

        Assert.Equal("a", _journal.ActiveJob?.JobId);
    }

    [Fact]
    public void A_store_that_shows_no_parameters_makes_nobody_forget_them()
    {
        PromotionJob made = AtWork("a", 1, 10, 0) with { NumberOfCodes = null, CodePrefix = null };
        _journal.AddCreated(made, Request.Batch(1, 10));
        _journal.Observe([made with { Status = JobStatuses.Completed, UpdatedAt = Start.AddMinutes(1) }]);

        Assert.Equal(10, _journal.Generated);
        Assert.Equal("summer", Assert.Single(_journal.CountedJobs).CodePrefix);
        Assert.Equal("", _journal.FindParameterDifferences());
    }

    [Fact]
    public void A_number_that_nobody_has_seen_is_a_gap_until_the_list_has_had_its_time()
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
    public void A_job_at_work_is_too_much_when_it_makes_more_than_is_missing()
    {
        _journal.Observe([Completed("a", 1, 10, 0), Completed("b", 2, 10, 1)]);

        Assert.False(_journal.ExceedsMissing(AtWork("c", 3, 5, 2)));
        Assert.True(_journal.ExceedsMissing(AtWork("c", 2, 10, 2)));
        Assert.False(_journal.ExceedsMissing(AtWork("c", 3, 5, 2) with { NumberOfCodes = null }));
    }

    [Fact]
    public void Two_jobs_of_one_batch_are_both_welcome_while_enough_is_missing()
    {
        _journal.Observe([Completed("a", 1, 10, 0)]);

        Assert.False(_journal.ExceedsMissing(AtWork("b", 1, 10, 1)));
    }

    [Fact]
    public void Of_too_many_codes_the_oldest_jobs_and_the_oldest_codes_stay()
    {
        _journal.Observe([Completed("d", 3, 5, 3), Completed("c", 2, 10, 2), Completed("b", 2, 10, 1), Completed("a", 1, 10, 0)]);

        Assert.Equal(-10, _journal.Missing);
        Assert.Equal([("c", 10, 5), ("d", 5, 0)], _journal.FindSurplus().Select(one => (one.Jobs[0].JobId, one.RemainingCodes, one.KeptCodes)));
    }

    /// <summary>A runner that knows less keeps at least as much of each job as one that knows more.</summary>
    [Fact]
    public void The_more_is_known_the_less_of_a_job_stays()
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
    public void Jobs_whose_times_overlap_are_settled_together()
    {
        PromotionJob slow = Completed("a", 1, 10, 0) with { UpdatedAt = Start.AddMinutes(5) };
        _journal.Observe([slow, Completed("b", 1, 10, 2), Completed("c", 2, 10, 6)]);

        SurplusGroup surplus = Assert.Single(_journal.FindSurplus());
        Assert.Equal(["c"], surplus.Jobs.Select(job => job.JobId));

        _journal.Observe([Completed("d", 2, 10, 6) with { CreatedAt = Start.AddMinutes(6.5) }]);
        surplus = Assert.Single(_journal.FindSurplus());
        Assert.Equal(["c", "d"], surplus.Jobs.Select(job => job.JobId));
        Assert.Equal((20, 5), (surplus.RemainingCodes, surplus.KeptCodes));
    }

    /// <summary>api-contract.md section 5: where a count is missing, nothing is known about the codes.</summary>
    [Theory]
    [InlineData(JobStatuses.Failed, null, null, 10)]
    [InlineData(JobStatuses.Failed, null, 4, 6)]
    [InlineData(JobStatuses.Cancelled, null, null, 10)]
    [InlineData(JobStatuses.Cancelled, 6, null, 6)]
    [InlineData(JobStatuses.Cancelled, null, 4, 6)]
    public void Codes_of_a_job_that_does_not_say_what_it_left_may_be_too_many(string status, int? generated, int? deleted, int atMost)
    {
        _journal.Observe([Completed("a", 1, 10, 0) with { Status = status, Generated = generated, Deleted = deleted }, Completed("b", 2, 10, 1)]);

        Assert.Equal(15, _journal.Missing);
        Assert.Equal(atMost, Assert.Single(_journal.FindSurplus()).SurplusCodes);
    }

    /// <summary>A store that shows no parameters: no job makes more than the API lets it.</summary>
    [Fact]
    public void A_failed_job_of_unknown_size_may_have_left_as_many_as_a_job_can_make()
    {
        _journal.Observe([Completed("a", 1, 10, 0) with { Status = JobStatuses.Failed, Generated = null, NumberOfCodes = null }]);

        Assert.Equal(NewJob.MaxNumberOfCodes, Assert.Single(_journal.FindSurplus()).SurplusCodes);
    }

    [Theory]
    [InlineData(JobStatuses.Failed, null, 6)]
    [InlineData(JobStatuses.Failed, 0, 6)]
    [InlineData(JobStatuses.Failed, 6, 0)]
    [InlineData(JobStatuses.Cancelled, 6, 0)]
    [InlineData(JobStatuses.Cancelled, 4, 2)]
    public void Codes_that_a_job_leaves_although_it_counts_for_nothing_are_too_many(string status, int? deleted, int tooMany)
    {
        _journal.Observe([Completed("a", 1, 10, 0) with { Status = status, Generated = 6, Deleted = deleted }, Completed("b", 2, 10, 1)]);

        Assert.Equal(15, _journal.Missing);
        Assert.Equal(tooMany, _journal.FindSurplus().Sum(surplus => surplus.SurplusCodes));
    }
}
