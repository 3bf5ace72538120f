using static EpPromo.UnitTests.Domain.RunJobs;

namespace EpPromo.UnitTests.Domain;

/// <summary>Which codes are a job's own, and which of them are deleted when they are too many.</summary>
public class JobCodesTests
{
    private CodeList _list = new();

    [Fact]
    public async Task Prefix_and_time_tell_the_codes_of_a_job()
    {
        _list.Add("summer-b", 0.5);
        _list.Add("SUMMER-a", 0);
        _list.Add("summer-c", 0.9);
        _list.Add("summer-before", -0.01);
        _list.Add("summer-after", 0.91);
        _list.Add("spring-d", 0.5);
        _list.Add("winter-e", 0.5);

        Assert.Equal(["SUMMER-a", "summer-b", "summer-c"], await Visit(Completed("a", 1, 3, 0)));
    }

    [Fact]
    public async Task Without_a_prefix_only_the_time_tells()
    {
        _list.Add("zz", 0.5);
        _list.Add("aa", 0.5);
        _list.Add("bb", 2);

        Assert.Equal(["aa", "zz"], await Visit(Completed("a", 1, 2, 0) with { CodePrefix = null }));
    }

    [Fact]
    public async Task A_dash_at_the_end_of_a_prefix_may_sort_anywhere()
    {
        _list.Add("summer-b", 0.5);
        _list.Add("summera", 0.5);
        _list.Add("summer.x", 0.5);

        Assert.Equal(["summer-b"], await Visit(Completed("a", 1, 1, 0) with { CodePrefix = "summer-" }));
    }

    [Fact]
    public async Task All_pages_are_read_and_no_more()
    {
        for (int i = 0; i < 25; i++)
        {
            _list.Add($"summer-{i:00}", 0.5);
            _list.Add($"winter-{i:00}", 0.5);
        }

        Assert.Equal(25, (await Visit(Completed("a", 1, 25, 0))).Count);
        Assert.Equal(3, _list.Reads);
    }

    [Fact]
    public async Task A_store_that_sorts_capital_letters_first_is_read_from_the_beginning()
    {
        _list = new CodeList(StringComparer.Ordinal);
        _list.Add("SPRING-x", 0.5);
        for (int i = 0; i < 25; i++)
        {
            _list.Add($"SUMMER-{i:00}", 0.5);
        }

        _list.Add("TULIP-x", 0.5);

        Assert.Equal(25, (await Visit(Completed("a", 1, 25, 0))).Count);
    }

    /// <summary>How many there should be, nothing tells then.</summary>
    [Fact]
    public async Task A_job_that_says_no_number_is_looked_for_in_the_whole_list()
    {
        _list = new CodeList(StringComparer.Ordinal);
        _list.Add("SUMMER-a", 0.5);

        Assert.Equal(["SUMMER-a"], await Visit(Completed("a", 1, 1, 0) with { Generated = null, NumberOfCodes = null }));
    }

    [Fact]
    public async Task Codes_that_are_not_there_are_looked_for_once_in_the_whole_list()
    {
        for (int i = 0; i < 25; i++)
        {
            _list.Add($"aa-{i:00}", 0.5);
        }

        _list.Add("summer-a", 0.5);

        Assert.Equal(["summer-a"], (await Visit(Completed("a", 1, 2, 0))).Distinct());
        Assert.Equal(4, _list.Reads);
    }

    /// <summary>Then the walk goes on by offset, from the last code that the store took, or from the first of all.</summary>
    [Theory]
    [InlineData("su'mmer", "quotes")]
    [InlineData(@"su\mmer", "quotes")]
    [InlineData("su'mmer", "dashes")]
    [InlineData("summer", "dashes")]
    [InlineData("summer", "all")]
    public async Task Codes_that_the_store_takes_in_no_filter_are_found_all_the_same(string prefix, string refused)
    {
        _list = new CodeList
        {
            Takes = code => refused switch
            {
                "quotes" => !code.Contains('\'') && !code.Contains('\\'),
                "dashes" => code.All(char.IsAsciiLetterOrDigit),
                _ => false,
            },
        };
        for (int i = 0; i < 150; i++)
        {
            _list.Add($"{prefix}-{i:000}", 0.5);
            _list.Add($"spring-{i:000}", 0.5);
            _list.Add($"spring{i:000}", 0.5);
            _list.Add($"winter-{i:000}", 0.5);
        }

        List<string> found = await Visit(Completed("a", 1, 150, 0) with { CodePrefix = prefix });

        Assert.Equal(150, found.Distinct().Count());
        Assert.All(found, code => Assert.StartsWith(prefix, code, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Past_what_an_offset_reaches_codes_in_no_filter_are_an_error()
    {
        _list = new CodeList { Takes = _ => false };
        for (int i = 0; i < 10_020; i++)
        {
            _list.Add($"it's-{i:00000}", 0.5);
        }

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(
            () => Visit(Completed("a", 1, 10_020, 0) with { CodePrefix = "it's" }));

        Assert.Equal((nameof(SR.CodesTooMany), ErrorKind.LimitExceeded), (error.ErrorId, error.Kind));
        Assert.Contains("it's-", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("summer")]
    [InlineData(null)]
    public async Task A_store_that_gives_the_same_codes_again_is_an_error(string? prefix)
    {
        _list = new CodeList { IgnoresQuery = true };
        for (int i = 0; i < 25; i++)
        {
            _list.Add($"summer-{i:00}", 0.5);
        }

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(
            () => Visit(Completed("a", 1, 25, 0) with { CodePrefix = prefix }));

        Assert.Equal((nameof(SR.PagingIgnored), ErrorKind.BadAnswer), (error.ErrorId, error.Kind));
    }

    [Fact]
    public async Task A_time_in_whole_seconds_is_that_of_any_moment_of_the_second()
    {
        PromotionJob job = Completed("a", 1, 1, 0);
        _list.Add("summer-cut", 0.5);
        _list.Add("summer-exact", (30 + 0.1) / 60);
        _list.Add("summer-before", 29.0 / 60);

        Assert.Equal(["summer-cut"], await Visit(job with { CreatedAt = Start.AddSeconds(30.4) }));
    }

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
        journal.Add(
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
        journal.Add(
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
        journal.Add(
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
        journal.Add([Completed("a", 1, 24, 0), Completed("b", 2, 3, 1) with { CreatedAt = Start.AddSeconds(60.6) }]);
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

    [Fact]
    public async Task Codes_in_another_form_of_their_letters_are_a_jobs_own()
    {
        _list.Add("e\u0301te\u0301-aa2b-3c4d", 0.5);

        Assert.Single((await Visit(Completed("a", 1, 1, 0) with { CodePrefix = "\u00E9t\u00E9" })).Distinct());
    }

    private static RunJournal LeftUnknown(string status, int? generated)
    {
        RunJournal journal = new(Request);
        journal.Add(
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
        journal.Add([Completed("a", 1, 24, 0), Completed("b", 2, made, 1)]);
        return journal;
    }

    private async Task<List<string>> Visit(PromotionJob job)
    {
        List<string> visited = [];
        await new JobCodes(_list).VisitAsync(
            job,
            code =>
            {
                visited.Add(code.Code);
                return Task.CompletedTask;
            },
            CancellationToken.None);
        return visited;
    }

    private Task<int> Remove(RunJournal journal) =>
        new SurplusRemover(_list, Request, journal).RemoveAsync(CancellationToken.None);
}
