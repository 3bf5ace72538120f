using EpPromo.Jobs;
using EpPromo.Runs;

namespace EpPromo.UnitTests.Runs;

/// <summary>What a run cannot be is found out before anything is sent.</summary>
public class CodeRunRequestTests
{
    private static readonly CodeRunRequest Good = new() { PromotionId = "p", Name = "bf26", Count = 2500 };

    [Theory]
    [InlineData(1, 1000, 1)]
    [InlineData(1000, 1000, 1)]
    [InlineData(1001, 1000, 2)]
    [InlineData(2500, 1000, 3)]
    [InlineData(7, 1, 7)]
    [InlineData(5_000_000, 1000, 5000)]
    public void A_run_takes_as_many_batches_as_it_needs(int count, int batchSize, int batches)
    {
        CodeRunRequest request = Good with { Count = count, BatchSize = batchSize };

        request.Validate();

        Assert.Equal(batches, request.Batches);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_run_without_codes_is_refused(int count) => AssertRefused(nameof(SR.BadCount), Good with { Count = count });

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public void A_batch_that_the_api_does_not_take_is_refused(int size) =>
        AssertRefused(nameof(SR.BadBatchSize), Good with { BatchSize = size });

    [Theory]
    [InlineData(5001, 1)]
    [InlineData(int.MaxValue, 1000)]
    public void More_jobs_than_a_list_can_show_are_refused(int count, int batchSize) =>
        AssertRefused(nameof(SR.TooManyBatches), Good with { Count = count, BatchSize = batchSize });

    [Theory]
    [InlineData("mother's-day-")]
    [InlineData(@"a\b")]
    public void A_prefix_may_hold_quotes_and_backslashes(string prefix) => (Good with { CodePrefix = prefix }).Validate();

    [Fact]
    public void A_prefix_that_makes_codes_too_long_to_be_found_is_refused()
    {
        (Good with { CodePrefix = new string('x', 100), CodeLength = 16 }).Validate();
        AssertRefused("BadRunPrefix", Good with { CodePrefix = new string('x', 101) });
    }

    [Theory]
    [InlineData("b")]
    [InlineData("black friday 26")]
    [InlineData("123456789-123456789-123456789-123456789-")]
    public void The_numbers_of_the_batches_fit_behind_the_name(string name) => (Good with { Name = name }).Validate();

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" bf26")]
    [InlineData("bf26 ")]
    [InlineData("bf\n26")]
    [InlineData("123456789-123456789-123456789-123456789-1")]
    public void Another_name_is_refused(string name) => AssertRefused(nameof(SR.BadRunName), Good with { Name = name });

    [Fact]
    public void What_a_job_cannot_be_is_refused()
    {
        AssertRefused(nameof(SR.BadId), Good with { PromotionId = "../p" });
        AssertRefused(nameof(SR.BadCodeLength), Good with { CodeLength = 7 });
        AssertRefused(nameof(SR.BadMaxUsesPerCode), Good with { MaxUsesPerCode = -1 });
        AssertRefused(nameof(SR.BadCodePrefix), Good with { CodePrefix = "a\tb" });
    }

    [Fact]
    public void A_batch_is_a_job_with_the_run_s_parameters()
    {
        CodeRunRequest request =
            Good with { CodePrefix = "summer", CodeLength = 9, MaxUsesPerCode = 1, ConsumeUnit = ConsumeUnits.PerCheckout };

        NewJob expected = new()
        {
            JobType = JobTypes.Generate,
            Name = "bf26 0003/0003",
            NumberOfCodes = 500,
            CodePrefix = "summer",
            CodeLength = 9,
            MaxUsesPerCode = 1,
            ConsumeUnit = ConsumeUnits.PerCheckout,
        };
        Assert.Equal(expected, request.Batch(3, 500));
    }

    private static void AssertRefused(string errorId, CodeRunRequest request)
    {
        EpPromoException error = Assert.Throws<EpPromoException>(request.Validate);
        Assert.Equal(errorId, error.ErrorId);
        Assert.Equal(ErrorKind.InvalidArgument, error.Kind);
    }
}
