using EpPromo.Codes.Changes;
using EpPromo.Runs;
using EpPromo.Runs.Execution;
using EpPromo.Time;
using EpPromo.UnitTests.Codes;
using static EpPromo.UnitTests.Runs.RunJobs;

namespace EpPromo.UnitTests.Runs.Execution;

/// <summary>Which codes of a run are deleted as surplus.</summary>
public class SurplusRemoverTests
{
    private CodeList _list = new();

    [Fact]
    public async Task The_newest_codes_are_deleted_once()
    {
        RunJournal journal = WithSurplus(generated: 3);
        _list.Add("summer-old", 1.1);
        _list.Add("summer-new", 1.3);
        _list.Add("summer-mid", 1.2);

        Assert.Equal(2, await RemoveAsync(journal));
        Assert.Equal(["summer-old"], _list.Texts);
        Assert.Equal(0, await RemoveAsync(journal));
        Assert.Equal(["summer-old"], _list.Texts);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_surplus_of_codes_with_quotes_is_deleted_whether_the_store_accepts_them_in_a_filter_or_not(bool acceptsQuotes)
    {
        _list = new CodeList { Takes = code => acceptsQuotes || !code.Contains('\'') };
        CodeRunRequest request = Request with { CodePrefix = "it's" };
        RunJournal journal = new(request);
        journal.Observe(
        [
            new PromotionJob(Completed("a", 1, 24, 0)) { CodePrefix = "it's" },
            new PromotionJob(Completed("b", 2, 30, 1)) { CodePrefix = "it's" },
        ]);
        for (int i = 0; i < 30; i++)
        {
            _list.Add($"it's-{i:00}", 1.1 + (i / 100.0));
            _list.Add($"a-{i:00}", 1.1);
        }

        int deleted = await new SurplusRemover(_list, Remover, request, journal).RemoveAsync(CancellationToken.None);

        Assert.Equal(29, deleted);
        Assert.Equal("it's-00", Assert.Single(_list.Texts, code => code.StartsWith("it's", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Codes_that_cannot_be_distinguished_from_others_are_kept()
    {
        RunJournal journal = WithSurplus(generated: 3);
        for (int i = 0; i < 4; i++)
        {
            _list.Add($"summer-{i}", 1.1);
        }

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => RemoveAsync(journal));

        Assert.Equal(nameof(SR.SurplusUnclear), error.ErrorId);
        Assert.Equal(4, _list.Texts.Count());
    }

    [Fact]
    public async Task Codes_without_times_are_kept()
    {
        RunJournal journal = WithSurplus(generated: 3);
        _list.Add("summer-1", null);
        _list.Add("summer-2", 1.1);

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => RemoveAsync(journal));

        Assert.Equal(nameof(SR.SurplusUnclear), error.ErrorId);
        Assert.Equal(2, _list.Texts.Count());
    }

    [Fact]
    public async Task A_surplus_that_cannot_be_found_is_an_error()
    {
        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => RemoveAsync(WithSurplus(generated: 3)));

        Assert.Equal(nameof(SR.SurplusUnclear), error.ErrorId);
    }

    [Fact]
    public async Task A_surplus_is_found_whatever_the_order_of_the_list()
    {
        _list = new CodeList(StringComparer.Ordinal);
        _list.Add("SUMMER-old", 1.1);
        _list.Add("SUMMER-new", 1.2);
        _list.Add("TULIP", 1.1);

        Assert.Equal(1, await RemoveAsync(WithSurplus(generated: 2)));
        Assert.Equal(["SUMMER-old", "TULIP"], _list.Texts);
    }

    /// <summary>In whole seconds, the last codes of a job look like those of the next one, if that starts in the same second.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(2)]
    [InlineData(1)]
    public async Task Codes_that_the_job_before_may_have_generated_are_kept(int remaining)
    {
        RunJournal journal = new(Request);
        journal.Observe(
        [
            new PromotionJob(Completed("a", 1, 24, 0)) { UpdatedAt = Start.AddSeconds(54.2) },
            new PromotionJob(Completed("b", 2, 3, 1)) { CreatedAt = Start.AddSeconds(54.6) },
        ]);
        _list.Add("summer-of-a", 54.0 / 60);
        for (int i = 0; i < remaining; i++)
        {
            _list.Add($"summer-{i}", (60.0 + i) / 60);
        }

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => RemoveAsync(journal));

        Assert.Equal(nameof(SR.SurplusUnclear), error.ErrorId);
        Assert.Equal(1 + remaining, _list.Texts.Count());
    }

    [Fact]
    public async Task Codes_that_the_job_after_may_have_generated_are_kept()
    {
        RunJournal journal = new(Request);
        journal.Observe(
        [
            new PromotionJob(Completed("a", 1, 10, 0)) { Status = JobStatuses.Failed, Generated = 3, UpdatedAt = Start.AddSeconds(54.2) },
            new PromotionJob(Completed("b", 2, 1, 1)) { CreatedAt = Start.AddSeconds(54.6) },
        ]);
        _list.Add("summer-of-b", 54.0 / 60);

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => RemoveAsync(journal));

        Assert.Equal(nameof(SR.SurplusUnclear), error.ErrorId);
        Assert.Equal(["summer-of-b"], _list.Texts);
    }

    /// <summary>They may be of an unknown job of others, unless exactly as many are found as the job generated.</summary>
    [Theory]
    [InlineData(3, true)]
    [InlineData(2, false)]
    public async Task Codes_of_the_second_in_which_a_job_started_are_its_own_if_all_are_found(int existing, bool isClear)
    {
        RunJournal journal = new(Request);
        journal.Observe([Completed("a", 1, 24, 0), new PromotionJob(Completed("b", 2, 3, 1)) { CreatedAt = Start.AddSeconds(60.6) }]);
        for (int i = 0; i < existing; i++)
        {
            _list.Add($"summer-{i}", (60.0 + i) / 60);
        }

        if (isClear)
        {
            Assert.Equal(2, await RemoveAsync(journal));
            Assert.Equal(["summer-0"], _list.Texts);
        }
        else
        {
            EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => RemoveAsync(journal));
            Assert.Equal(nameof(SR.SurplusUnclear), error.ErrorId);
        }
    }

    /// <summary>Nothing is known of the codes of a job that ended without its counts; those that exist are surplus.</summary>
    [Theory]
    [InlineData(JobStatuses.Failed, null)]
    [InlineData(JobStatuses.Cancelled, 3)]
    [InlineData(JobStatuses.Cancelled, null)]
    public async Task Codes_of_a_job_that_does_not_report_what_it_left_are_found_and_deleted_once(string status, int? generated)
    {
        RunJournal journal = WithUnreportedCodes(status, generated);
        _list.Add("summer-aa2b-3c4d", 1.1);
        _list.Add("Summer-bb2b-3c4d", 1.2);
        _list.Add("summer-cc2b-3c4d", 2.5);

        Assert.Equal(2, await RemoveAsync(journal));
        Assert.Equal(["summer-cc2b-3c4d"], _list.Texts);
        Assert.Equal(0, await RemoveAsync(journal));
    }

    /// <summary>All are kept if one has another form, or if there are more than the job can have generated.</summary>
    [Theory]
    [InlineData("summer-aa2b-3c4d", "summer-vip")]
    [InlineData("summer-aa2b-3c4d", "summer-welcome-back")]
    [InlineData("summer-aa2b-3c4d", "summer-aa2b-3c4d-5e6f")]
    [InlineData("summer-aa2b-3c4d", "summer-bb2b-3c4d", "summer-cc2b-3c4d", "summer-dd2b-3c4d")]
    public async Task Codes_that_may_be_of_others_are_kept_if_a_job_does_not_report_what_it_left(params string[] codes)
    {
        RunJournal journal = WithUnreportedCodes(JobStatuses.Failed, null);
        foreach (string code in codes)
        {
            _list.Add(code, 1.1);
        }

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => RemoveAsync(journal));

        Assert.Equal(nameof(SR.SurplusUnclear), error.ErrorId);
        Assert.Contains("up to 3", error.Message, StringComparison.Ordinal);
        Assert.Equal(codes.Length, _list.Texts.Count());
    }

    private static RunJournal WithUnreportedCodes(string status, int? generated)
    {
        RunJournal journal = new(Request);
        journal.Observe(
        [
            Completed("a", 1, 10, 0), new PromotionJob(Completed("b", 2, 3, 1)) { Status = status, Generated = generated, Deleted = null },
            Completed("c", 3, 10, 2), Completed("d", 4, 5, 3),
        ]);
        return journal;
    }

    /// <summary>A run with one missing code, whose second job, from minute 1 on, generated more.</summary>
    private static RunJournal WithSurplus(int generated)
    {
        RunJournal journal = new(Request);
        journal.Observe([Completed("a", 1, 24, 0), Completed("b", 2, generated, 1)]);
        return journal;
    }

    private CodeRemover Remover => _list.RemoverOf(new FakeClock(), new SystemRandom(), TimeSpan.FromMinutes(1));

    private Task<int> RemoveAsync(RunJournal journal) =>
        new SurplusRemover(_list, Remover, Request, journal).RemoveAsync(CancellationToken.None);
}
