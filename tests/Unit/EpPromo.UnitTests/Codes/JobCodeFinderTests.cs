using EpPromo.Codes;
using static EpPromo.UnitTests.Runs.RunJobs;

namespace EpPromo.UnitTests.Codes;

/// <summary>Which codes a job has generated.</summary>
public class JobCodeFinderTests
{
    private CodeList _list = new();

    [Fact]
    public async Task Prefix_and_time_identify_the_codes_of_a_job()
    {
        _list.Add("summer-b", 0.5);
        _list.Add("SUMMER-a", 0);
        _list.Add("summer-c", 0.9);
        _list.Add("summer-before", -0.01);
        _list.Add("summer-after", 0.91);
        _list.Add("spring-d", 0.5);
        _list.Add("winter-e", 0.5);

        Assert.Equal(["SUMMER-a", "summer-b", "summer-c"], await Find(Completed("a", 1, 3, 0)));
    }

    [Fact]
    public async Task Without_a_prefix_the_time_decides()
    {
        _list.Add("zz", 0.5);
        _list.Add("aa", 0.5);
        _list.Add("bb", 2);

        Assert.Equal(["aa", "zz"], await Find(new PromotionJob(Completed("a", 1, 2, 0)) { CodePrefix = null }));
    }

    [Fact]
    public async Task A_dash_at_the_end_of_a_prefix_may_sort_anywhere()
    {
        _list.Add("summer-b", 0.5);
        _list.Add("summera", 0.5);
        _list.Add("summer.x", 0.5);

        Assert.Equal(["summer-b"], await Find(new PromotionJob(Completed("a", 1, 1, 0)) { CodePrefix = "summer-" }));
    }

    [Fact]
    public async Task All_pages_are_read_and_no_more()
    {
        for (int i = 0; i < 25; i++)
        {
            _list.Add($"summer-{i:00}", 0.5);
            _list.Add($"winter-{i:00}", 0.5);
        }

        Assert.Equal(25, (await Find(Completed("a", 1, 25, 0))).Count);
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

        Assert.Equal(25, (await Find(Completed("a", 1, 25, 0))).Count);
    }

    /// <summary>Nothing says how many codes there should be.</summary>
    [Fact]
    public async Task The_codes_of_a_job_that_reports_no_number_are_searched_in_the_whole_list()
    {
        _list = new CodeList(StringComparer.Ordinal);
        _list.Add("SUMMER-a", 0.5);

        Assert.Equal(["SUMMER-a"], await Find(new PromotionJob(Completed("a", 1, 1, 0)) { Generated = null, NumberOfCodes = null }));
    }

    [Fact]
    public async Task Missing_codes_are_searched_once_in_the_whole_list()
    {
        for (int i = 0; i < 25; i++)
        {
            _list.Add($"aa-{i:00}", 0.5);
        }

        _list.Add("summer-a", 0.5);

        Assert.Equal(["summer-a"], (await Find(Completed("a", 1, 2, 0))).Distinct());
        Assert.Equal(4, _list.Reads);
    }

    /// <summary>The list then continues by offset, from the last code that the store accepted, or from the start.</summary>
    [Theory]
    [InlineData("su'mmer", "quotes")]
    [InlineData(@"su\mmer", "quotes")]
    [InlineData("su'mmer", "dashes")]
    [InlineData("summer", "dashes")]
    [InlineData("summer", "all")]
    public async Task Codes_that_the_store_rejects_in_filters_are_found_anyway(string prefix, string refused)
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

        List<string> found = await Find(new PromotionJob(Completed("a", 1, 150, 0)) { CodePrefix = prefix });

        Assert.Equal(150, found.Distinct().Count());
        Assert.All(found, code => Assert.StartsWith(prefix, code, StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_the_maximum_offset_codes_that_no_filter_accepts_are_an_error()
    {
        _list = new CodeList { Takes = _ => false };
        for (int i = 0; i < 10_020; i++)
        {
            _list.Add($"it's-{i:00000}", 0.5);
        }

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(
            () => Find(new PromotionJob(Completed("a", 1, 10_020, 0)) { CodePrefix = "it's" }));

        Assert.Equal((nameof(SR.CodeListTooLong), ErrorKind.LimitExceeded), (error.ErrorId, error.Kind));
        Assert.Contains("it's-", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("summer")]
    [InlineData(null)]
    public async Task A_store_that_repeats_the_same_codes_is_an_error(string? prefix)
    {
        _list = new CodeList { IgnoresQuery = true };
        for (int i = 0; i < 25; i++)
        {
            _list.Add($"summer-{i:00}", 0.5);
        }

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(
            () => Find(new PromotionJob(Completed("a", 1, 25, 0)) { CodePrefix = prefix }));

        Assert.Equal((nameof(SR.PagingIgnored), ErrorKind.InvalidResponse), (error.ErrorId, error.Kind));
    }

    [Fact]
    public async Task A_time_in_whole_seconds_stands_for_any_moment_of_the_second()
    {
        PromotionJob job = Completed("a", 1, 1, 0);
        _list.Add("summer-cut", 0.5);
        _list.Add("summer-exact", (30 + 0.1) / 60);
        _list.Add("summer-before", 29.0 / 60);

        Assert.Equal(["summer-cut"], await Find(new PromotionJob(job) { CreatedAt = Start.AddSeconds(30.4) }));
    }

    [Fact]
    public async Task Codes_in_another_normalization_form_belong_to_the_job()
    {
        _list.Add("e\u0301te\u0301-aa2b-3c4d", 0.5);

        Assert.Single((await Find(new PromotionJob(Completed("a", 1, 1, 0)) { CodePrefix = "\u00E9t\u00E9" })).Distinct());
    }

    private async Task<List<string>> Find(PromotionJob job)
    {
        List<string> visited = [];
        await new JobCodeFinder(_list).FindAsync(
            job,
            code =>
            {
                visited.Add(code.Code);
                return Task.CompletedTask;
            },
            CancellationToken.None);
        return visited;
    }
}
