using EpPromo.Runs;
using EpPromo.UnitTests.Domain;
using static EpPromo.UnitTests.Runs.RunJobs;

namespace EpPromo.UnitTests.Runs;

/// <summary>Which codes of a run are deleted when they are too many.</summary>
public class SurplusRemoverTests
{
    private CodeList _list = new();

    [Fact]
    public async Task The_newest_of_too_many_codes_are_deleted_once()
    {
        RunJournal journal = Surplus(made: 3);
        _list.Add("summer-old", 1.1);
        _list.Add("summer-new", 1.3);
        _list.Add("summer-mid", 1.2);

        Assert.Equal(2, await Remove(journal));
        Assert.Equal(["summer-old"], _list.Texts);
        Assert.Equal(0, await Remove(journal));
        Assert.Equal(["summer-old"], _list.Texts);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_surplus_of_codes_with_quotes_is_deleted_whether_the_store_reads_them_in_a_filter_or_not(bool takesQuotes)
    {
        _list = new CodeList { Takes = code => takesQuotes || !code.Contains('\'') };
        CodeRunRequest request = Request with { CodePrefix = "it's" };
        RunJournal journal = new(request);
        journal.Observe(
        [
            Completed("a", 1, 24, 0) with { CodePrefix = "it's" },
            Completed("b", 2, 30, 1) with { CodePrefix = "it's" },
        ]);
        for (int i = 0; i < 30; i++)
        {
            _list.Add($"it's-{i:00}", 1.1 + (i / 100.0));
            _list.Add($"a-{i:00}", 1.1);
        }

        int deleted = await new SurplusRemover(_list, request, journal).RemoveAsync(CancellationToken.None);

        Assert.Equal(29, deleted);
        Assert.Equal("it's-00", Assert.Single(_list.Texts, code => code.StartsWith("it's", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Codes_that_cannot_be_told_from_others_are_left()
    {
        RunJournal journal = Surplus(made: 3);
        for (int i = 0; i < 4; i++)
        {
            _list.Add($"summer-{i}", 1.1);
        }

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => Remove(journal));

        Assert.Equal(nameof(SR.SurplusUnclear), error.ErrorId);
        Assert.Equal(4, _list.Texts.Count());
    }

    [Fact]
    public async Task Codes_without_times_are_left()
    {
        RunJournal journal = Surplus(made: 3);
        _list.Add("summer-1", null);
        _list.Add("summer-2", 1.1);

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => Remove(journal));

        Assert.Equal(nameof(SR.SurplusUnclear), error.ErrorId);
        Assert.Equal(2, _list.Texts.Count());
    }

    [Fact]
    public async Task A_surplus_that_cannot_be_found_is_not_passed_over()
    {
        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => Remove(Surplus(made: 3)));

        Assert.Equal(nameof(SR.SurplusUnclear), error.ErrorId);
    }

    [Fact]
    public async Task A_surplus_is_found_in_whatever_order_the_store_sorts()
    {
        _list = new CodeList(StringComparer.Ordinal);
        _list.Add("SUMMER-old", 1.1);
        _list.Add("SUMMER-new", 1.2);
        _list.Add("TULIP", 1.1);

        Assert.Equal(1, await Remove(Surplus(made: 2)));
        Assert.Equal(["SUMMER-old", "TULIP"], _list.Texts);
    }

    /// <summary>In whole seconds, the last codes of a job look like those of the next, when that begins in the same second.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(2)]
    [InlineData(1)]
    public async Task Codes_that_the_job_before_can_have_made_are_left(int stillThere)
    {
        RunJournal journal = new(Request);
        journal.Observe(
        [
            Completed("a", 1, 24, 0) with { UpdatedAt = Start.AddSeconds(54.2) },
            Completed("b", 2, 3, 1) with { CreatedAt = Start.AddSeconds(54.6) },
        ]);
        _list.Add("summer-of-a", 54.0 / 60);
        for (int i = 0; i < stillThere; i++)
        {
            _list.Add($"summer-{i}", (60.0 + i) / 60);
        }

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => Remove(journal));

        Assert.Equal(nameof(SR.SurplusUnclear), error.ErrorId);
        Assert.Equal(1 + stillThere, _list.Texts.Count());
    }

    [Fact]
    public async Task Codes_that_the_job_after_can_have_made_are_left()
    {
        RunJournal journal = new(Request);
        journal.Observe(
        [
            Completed("a", 1, 10, 0) with { Status = JobStatuses.Failed, Generated = 3, UpdatedAt = Start.AddSeconds(54.2) },
            Completed("b", 2, 1, 1) with { CreatedAt = Start.AddSeconds(54.6) },
        ]);
        _list.Add("summer-of-b", 54.0 / 60);

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => Remove(journal));

        Assert.Equal(nameof(SR.SurplusUnclear), error.ErrorId);
        Assert.Equal(["summer-of-b"], _list.Texts);
    }

    /// <summary>They may be of a job of others, which nobody here knows: only all the codes of a job, and no more, are surely its own.</summary>
    [Theory]
    [InlineData(3, true)]
    [InlineData(2, false)]
    public async Task Codes_of_the_second_in_which_a_job_began_are_its_own_when_all_are_there(int there, bool isClear)
    {
        RunJournal journal = new(Request);
        journal.Observe([Completed("a", 1, 24, 0), Completed("b", 2, 3, 1) with { CreatedAt = Start.AddSeconds(60.6) }]);
        for (int i = 0; i < there; i++)
        {
            _list.Add($"summer-{i}", (60.0 + i) / 60);
        }

        if (isClear)
        {
            Assert.Equal(2, await Remove(journal));
            Assert.Equal(["summer-0"], _list.Texts);
        }
        else
        {
            EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => Remove(journal));
            Assert.Equal(nameof(SR.SurplusUnclear), error.ErrorId);
        }
    }

    /// <summary>Nothing is known of the codes of a job that ended without its counts: those that are there are too many.</summary>
    [Theory]
    [InlineData(JobStatuses.Failed, null)]
    [InlineData(JobStatuses.Cancelled, 3)]
    [InlineData(JobStatuses.Cancelled, null)]
    public async Task Codes_of_a_job_that_does_not_say_what_it_left_are_found_and_deleted_once(string status, int? generated)
    {
        RunJournal journal = LeftUnknown(status, generated);
        _list.Add("summer-aa2b-3c4d", 1.1);
        _list.Add("Summer-bb2b-3c4d", 1.2);
        _list.Add("summer-cc2b-3c4d", 2.5);

        Assert.Equal(2, await Remove(journal));
        Assert.Equal(["summer-cc2b-3c4d"], _list.Texts);
        Assert.Equal(0, await Remove(journal));
    }

    /// <summary>There is no number to hold them against: what does not look like a code of the job, or makes more than it can have made, leaves all.</summary>
    [Theory]
    [InlineData("summer-aa2b-3c4d", "summer-vip")]
    [InlineData("summer-aa2b-3c4d", "summer-welcome-back")]
    [InlineData("summer-aa2b-3c4d", "summer-aa2b-3c4d-5e6f")]
    [InlineData("summer-aa2b-3c4d", "summer-bb2b-3c4d", "summer-cc2b-3c4d", "summer-dd2b-3c4d")]
    public async Task Codes_that_may_be_others_are_left_when_a_job_does_not_say_what_it_left(params string[] codes)
    {
        RunJournal journal = LeftUnknown(JobStatuses.Failed, null);
        foreach (string code in codes)
        {
            _list.Add(code, 1.1);
        }

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => Remove(journal));

        Assert.Equal(nameof(SR.SurplusUnclear), error.ErrorId);
        Assert.Contains("up to 3", error.Message, StringComparison.Ordinal);
        Assert.Equal(codes.Length, _list.Texts.Count());
    }

    private static RunJournal LeftUnknown(string status, int? generated)
    {
        RunJournal journal = new(Request);
        journal.Observe(
        [
            Completed("a", 1, 10, 0), Completed("b", 2, 3, 1) with { Status = status, Generated = generated, Deleted = null },
            Completed("c", 3, 10, 2), Completed("d", 4, 5, 3),
        ]);
        return journal;
    }

    /// <summary>A run whose second job, from minute 1 on, made more than the one code that was still missing.</summary>
    private static RunJournal Surplus(int made)
    {
        RunJournal journal = new(Request);
        journal.Observe([Completed("a", 1, 24, 0), Completed("b", 2, made, 1)]);
        return journal;
    }

    private Task<int> Remove(RunJournal journal) =>
        new SurplusRemover(_list, Request, journal).RemoveAsync(CancellationToken.None);
}
