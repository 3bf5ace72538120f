using EpPromo.Jobs;
using EpPromo.Jobs.Creation;

namespace EpPromo.UnitTests.Domain;

public class JobMatchTests
{
    private static readonly DateTimeOffset Began = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

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
        CreatedAt = Began.AddSeconds(1),
    };

    private readonly JobMatch _match = new(Sent, nameIsUnique: false, () => Began);

    [Fact]
    public void The_job_that_was_sent_fits() => Assert.True(_match.Fits(Found));

    [Fact]
    public void The_stores_time_is_asked_for_when_it_is_known()
    {
        // This machine is ten seconds ahead, and the call is the first of its session.
        DateTimeOffset server = Began.AddSeconds(10);
        JobMatch first = new(Sent, nameIsUnique: false, () => server);

        server = Began;

        Assert.True(first.Fits(Found));
    }

    [Fact]
    public void Another_name_type_or_parameter_does_not_fit()
    {
        PromotionJob[] others =
        [
            Found with { Name = "BF26" },
            Found with { JobType = JobTypes.Export },
            Found with { NumberOfCodes = 101 },
            Found with { CodePrefix = "winter" },
            Found with { CodeLength = 9 },
            Found with { MaxUsesPerCode = 0 },
            Found with { ConsumeUnit = ConsumeUnits.PerApplication },
        ];

        Assert.All(others, other => Assert.False(_match.Fits(other)));
    }

    [Fact]
    public void What_the_store_leaves_out_is_no_difference() => Assert.True(_match.Fits(new PromotionJob
    {
        JobId = "j",
        PromotionId = "p",
        JobType = JobTypes.Generate,
        Name = "bf26",
    }));

    [Fact]
    public void What_the_store_fills_in_is_no_difference()
    {
        NewJob bare = new() { JobType = JobTypes.Generate, Name = "bf26", NumberOfCodes = 100 };

        Assert.True(new JobMatch(bare, nameIsUnique: false, () => Began).Fits(Found));
    }

    [Fact]
    public void A_dash_at_the_end_of_the_prefix_and_the_case_of_words_are_no_difference() =>
        Assert.True(_match.Fits(Found with { CodePrefix = "Summer-", JobType = "CODE_GENERATE" }));

    /// <summary>A store may give an accented letter back as two characters where it was sent as one, or the other way round.</summary>
    [Fact]
    public void The_form_in_which_letters_come_back_is_no_difference()
    {
        JobMatch composed = new(Sent with { Name = "\u00E9t\u00E9", CodePrefix = "\u00E9t\u00E9" }, nameIsUnique: false, () => Began);
        JobMatch decomposed = new(Sent with { Name = "e\u0301te\u0301", CodePrefix = "e\u0301te\u0301" }, nameIsUnique: false, () => Began);

        Assert.True(composed.Fits(Found with { Name = "e\u0301te\u0301", CodePrefix = "e\u0301te\u0301-" }));
        Assert.True(decomposed.Fits(Found with { Name = "\u00E9t\u00E9", CodePrefix = "\u00C9T\u00C9" }));
        Assert.False(composed.Fits(Found with { Name = "ete", CodePrefix = "\u00E9t\u00E9" }));
    }

    [Theory]
    [InlineData(-2, true)]
    [InlineData(-2.001, false)]
    [InlineData(-3600, false)]
    public void An_older_namesake_does_not_fit_but_for_what_clocks_may_disagree(double seconds, bool fits) =>
        Assert.Equal(fits, _match.Fits(Found with { CreatedAt = Began.AddSeconds(seconds) }));

    [Fact]
    public void A_generated_name_decides_alone()
    {
        JobMatch byName = new(Sent, nameIsUnique: true, () => Began);

        Assert.True(byName.Fits(Found with { CreatedAt = Began.AddDays(-1), NumberOfCodes = 7 }));
        Assert.False(byName.Fits(Found with { Name = "another" }));
        Assert.False(byName.Fits(Found with { JobType = JobTypes.Export }));
    }
}
