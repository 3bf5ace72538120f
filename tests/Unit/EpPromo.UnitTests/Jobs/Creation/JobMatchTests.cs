using EpPromo.Jobs;
using EpPromo.Jobs.Creation;

namespace EpPromo.UnitTests.Jobs.Creation;

public class JobMatchTests
{
    private static readonly DateTimeOffset StartedAt = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static readonly NewJob Sent = new()
    {
        JobType = JobTypes.Generate,
        Name = "bf26",
        NumberOfCodes = 100,
        CodePrefix = "summer",
        CodeLength = 8,
        MaxUsesPerCode = 1,
        ConsumeUnit = ConsumeUnits.PerCheckout,
    };

    private static readonly PromotionJob Found = new()
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
        CreatedAt = StartedAt.AddSeconds(1),
    };

    private readonly JobMatch _match = new(Sent, isNameGenerated: false, () => StartedAt);

    [Fact]
    public void The_job_that_was_sent_matches() => Assert.True(_match.IsMatch(Found));

    [Fact]
    public void The_stores_time_is_read_when_a_job_is_compared()
    {
        // This machine is ten seconds ahead, and the store's time becomes known with the first response.
        DateTimeOffset server = StartedAt.AddSeconds(10);
        JobMatch first = new(Sent, isNameGenerated: false, () => server);

        server = StartedAt;

        Assert.True(first.IsMatch(Found));
    }

    [Fact]
    public void Another_name_type_or_parameter_does_not_match()
    {
        PromotionJob[] others =
        [
            new PromotionJob(Found) { Name = "BF26" },
            new PromotionJob(Found) { JobType = JobTypes.Export },
            new PromotionJob(Found) { NumberOfCodes = 101 },
            new PromotionJob(Found) { CodePrefix = "winter" },
            new PromotionJob(Found) { CodeLength = 9 },
            new PromotionJob(Found) { MaxUsesPerCode = 0 },
            new PromotionJob(Found) { ConsumeUnit = ConsumeUnits.PerApplication },
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

        Assert.True(new JobMatch(bare, isNameGenerated: false, () => StartedAt).IsMatch(Found));
    }

    [Fact]
    public void A_dash_at_the_end_of_the_prefix_and_the_case_of_words_are_not_differences() =>
        Assert.True(_match.IsMatch(new PromotionJob(Found) { CodePrefix = "Summer-", JobType = "CODE_GENERATE" }));

    /// <summary>A store may return an accented letter as two characters where it was sent as one, or the other way round.</summary>
    [Fact]
    public void The_Unicode_form_of_letters_is_not_a_difference()
    {
        JobMatch composed = new(Sent with { Name = "\u00E9t\u00E9", CodePrefix = "\u00E9t\u00E9" }, isNameGenerated: false, () => StartedAt);
        JobMatch decomposed = new(Sent with { Name = "e\u0301te\u0301", CodePrefix = "e\u0301te\u0301" }, isNameGenerated: false, () => StartedAt);

        Assert.True(composed.IsMatch(new PromotionJob(Found) { Name = "e\u0301te\u0301", CodePrefix = "e\u0301te\u0301-" }));
        Assert.True(decomposed.IsMatch(new PromotionJob(Found) { Name = "\u00E9t\u00E9", CodePrefix = "\u00C9T\u00C9" }));
        Assert.False(composed.IsMatch(new PromotionJob(Found) { Name = "ete", CodePrefix = "\u00E9t\u00E9" }));
    }

    [Theory]
    [InlineData(-2, true)]
    [InlineData(-2.001, false)]
    [InlineData(-3600, false)]
    public void An_older_job_of_the_same_name_matches_only_within_the_clock_tolerance(double seconds, bool matches) =>
        Assert.Equal(matches, _match.IsMatch(new PromotionJob(Found) { CreatedAt = StartedAt.AddSeconds(seconds) }));

    [Fact]
    public void A_generated_name_decides_alone()
    {
        JobMatch byName = new(Sent, isNameGenerated: true, () => StartedAt);

        Assert.True(byName.IsMatch(new PromotionJob(Found) { CreatedAt = StartedAt.AddDays(-1), NumberOfCodes = 7 }));
        Assert.False(byName.IsMatch(new PromotionJob(Found) { Name = "another" }));
        Assert.False(byName.IsMatch(new PromotionJob(Found) { JobType = JobTypes.Export }));
    }
}
