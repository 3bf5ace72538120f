using EpPromo.Jobs;
using EpPromo.Jobs.Creation;

namespace EpPromo.UnitTests.Jobs.Creation;

public class JobMatchTests
{
    private static readonly DateTimeOffset s_startedAt = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static readonly NewJob s_sent = new()
    {
        JobType = JobTypes.Generate,
        Name = "bf26",
        NumberOfCodes = 100,
        CodePrefix = "summer",
        CodeLength = 8,
        MaxUsesPerCode = 1,
        ConsumeUnit = ConsumeUnits.PerCheckout,
    };

    private static readonly PromotionJob s_found = new()
    {
        JobId = "j",
        PromotionId = "p",
        JobType = JobTypes.Generate,
        Name = "bf26",
        Status = JobStatuses.Pending,
        NumberOfCodes = 100,
        CodePrefix = "summer",
        CodeLength = 8,
        MaxUsesPerCode = 1,
        ConsumeUnit = ConsumeUnits.PerCheckout,
        CreatedAt = s_startedAt.AddSeconds(1),
    };

    private readonly JobMatch _match = new(s_sent, isNameGenerated: false, () => s_startedAt);

    [Fact]
    public void The_job_that_was_sent_matches() => Assert.True(_match.IsMatch(s_found));

    [Fact]
    public void The_stores_time_is_read_when_a_job_is_compared()
    {
        // This machine is ten seconds ahead, and the store's time becomes known with the first response.
        DateTimeOffset server = s_startedAt.AddSeconds(10);
        JobMatch first = new(s_sent, isNameGenerated: false, () => server);

        server = s_startedAt;

        Assert.True(first.IsMatch(s_found));
    }

    [Fact]
    public void Another_name_type_or_parameter_does_not_match()
    {
        PromotionJob[] others =
        [
            new PromotionJob(s_found) { Name = "BF26" },
            new PromotionJob(s_found) { JobType = JobTypes.Export },
            new PromotionJob(s_found) { NumberOfCodes = 101 },
            new PromotionJob(s_found) { CodePrefix = "winter" },
            new PromotionJob(s_found) { CodeLength = 9 },
            new PromotionJob(s_found) { MaxUsesPerCode = 0 },
            new PromotionJob(s_found) { ConsumeUnit = ConsumeUnits.PerApplication },
        ];

        Assert.All(others, other => Assert.False(_match.IsMatch(other)));
    }

    [Fact]
    public void What_the_store_omits_is_not_a_difference() => Assert.True(_match.IsMatch(new PromotionJob
    {
        JobId = "j",
        PromotionId = "p",
        JobType = JobTypes.Generate,
        Name = "bf26",
    }));

    [Fact]
    public void What_the_store_fills_in_is_not_a_difference()
    {
        NewJob bare = new() { JobType = JobTypes.Generate, Name = "bf26", NumberOfCodes = 100 };

        Assert.True(new JobMatch(bare, isNameGenerated: false, () => s_startedAt).IsMatch(s_found));
    }

    [Fact]
    public void A_dash_at_the_end_of_the_prefix_and_the_case_of_words_are_not_differences() =>
        Assert.True(_match.IsMatch(new PromotionJob(s_found) { CodePrefix = "Summer-", JobType = "CODE_GENERATE" }));

    /// <summary>A store may return an accented letter as two characters where it was sent as one, or the other way round.</summary>
    [Fact]
    public void The_Unicode_form_of_letters_is_not_a_difference()
    {
        JobMatch composed = new(s_sent with { Name = "\u00E9t\u00E9", CodePrefix = "\u00E9t\u00E9" }, isNameGenerated: false, () => s_startedAt);
        JobMatch decomposed = new(s_sent with { Name = "e\u0301te\u0301", CodePrefix = "e\u0301te\u0301" }, isNameGenerated: false, () => s_startedAt);

        Assert.True(composed.IsMatch(new PromotionJob(s_found) { Name = "e\u0301te\u0301", CodePrefix = "e\u0301te\u0301-" }));
        Assert.True(decomposed.IsMatch(new PromotionJob(s_found) { Name = "\u00E9t\u00E9", CodePrefix = "\u00C9T\u00C9" }));
        Assert.False(composed.IsMatch(new PromotionJob(s_found) { Name = "ete", CodePrefix = "\u00E9t\u00E9" }));
    }

    [Theory]
    [InlineData(-2, true)]
    [InlineData(-2.001, false)]
    [InlineData(-3600, false)]
    public void An_older_job_of_the_same_name_matches_only_within_the_clock_tolerance(double seconds, bool matches) =>
        Assert.Equal(matches, _match.IsMatch(new PromotionJob(s_found) { CreatedAt = s_startedAt.AddSeconds(seconds) }));

    [Fact]
    public void A_generated_name_decides_alone()
    {
        JobMatch byName = new(s_sent, isNameGenerated: true, () => s_startedAt);

        Assert.True(byName.IsMatch(new PromotionJob(s_found) { CreatedAt = s_startedAt.AddDays(-1), NumberOfCodes = 7 }));
        Assert.False(byName.IsMatch(new PromotionJob(s_found) { Name = "another" }));
        Assert.False(byName.IsMatch(new PromotionJob(s_found) { JobType = JobTypes.Export }));
    }
}
