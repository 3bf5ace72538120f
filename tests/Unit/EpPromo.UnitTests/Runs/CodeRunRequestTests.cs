using EpPromo.Jobs;
using EpPromo.Runs;

namespace EpPromo.UnitTests.Runs;

/// <summary>A request that cannot be executed is rejected before anything is sent.</summary>
public class CodeRunRequestTests
{
    private static readonly CodeRunRequest s_valid = new() { PromotionId = "p", Name = "bf26", Count = 2500 };

    [Theory]
    [InlineData(1, 1000, 1)]
    [InlineData(1000, 1000, 1)]
    [InlineData(1001, 1000, 2)]
    [InlineData(2500, 1000, 3)]
    [InlineData(7, 1, 7)]
    [InlineData(5_000_000, 1000, 5000)]
    public void The_count_and_the_batch_size_give_the_number_of_batches(int count, int batchSize, int batches)
    {
        CodeRunRequest request = s_valid with { Count = count, BatchSize = batchSize };

        request.Validate();

        Assert.Equal(batches, request.Batches);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_count_below_1_is_rejected(int count) => AssertRejected(nameof(SR.BadCount), s_valid with { Count = count });

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public void A_batch_size_outside_the_limits_of_the_API_is_rejected(int size) =>
        AssertRejected(nameof(SR.BadBatchSize), s_valid with { BatchSize = size });

    [Theory]
    [InlineData(5001, 1)]
    [InlineData(int.MaxValue, 1000)]
    public void More_batches_than_the_list_of_jobs_can_show_are_rejected(int count, int batchSize) =>
        AssertRejected(nameof(SR.TooManyBatches), s_valid with { Count = count, BatchSize = batchSize });

    [Theory]
    [InlineData("mother's-day-")]
    [InlineData(@"a\b")]
    public void A_prefix_may_contain_quotes_and_backslashes(string prefix) => (s_valid with { CodePrefix = prefix }).Validate();

    [Fact]
    public void A_prefix_that_makes_codes_too_long_for_a_filter_is_rejected()
    {
        (s_valid with { CodePrefix = new string('x', 100), CodeLength = 16 }).Validate();
        AssertRejected("BadRunPrefix", s_valid with { CodePrefix = new string('x', 101) });
    }

    [Theory]
    [InlineData("b")]
    [InlineData("black friday 26")]
    [InlineData("123456789-123456789-123456789-123456789-")]
    public void A_name_that_leaves_room_for_the_batch_numbers_is_accepted(string name) => (s_valid with { Name = name }).Validate();

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" bf26")]
    [InlineData("bf26 ")]
    [InlineData("bf\n26")]
    [InlineData("123456789-123456789-123456789-123456789-1")]
    public void Another_name_is_rejected(string name) => AssertRejected(nameof(SR.BadRunName), s_valid with { Name = name });

    [Fact]
    public void Invalid_parameters_of_a_job_are_rejected()
    {
        AssertRejected(nameof(SR.BadCodeLength), s_valid with { CodeLength = 7 });
        AssertRejected(nameof(SR.BadMaxUsesPerCode), s_valid with { MaxUsesPerCode = -1 });
        AssertRejected(nameof(SR.BadCodePrefix), s_valid with { CodePrefix = "a\tb" });
    }

    [Fact]
    public void A_batch_is_a_job_with_the_run_s_parameters()
    {
        CodeRunRequest request =
            s_valid with { CodePrefix = "summer", CodeLength = 9, MaxUsesPerCode = 1, ConsumeUnit = ConsumeUnits.PerCheckout };

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

    private static void AssertRejected(string errorId, CodeRunRequest request)
    {
        EpPromoException error = Assert.Throws<EpPromoException>(request.Validate);
        Assert.Equal(errorId, error.ErrorId);
        Assert.Equal(ErrorKind.InvalidArgument, error.Kind);
    }
}
