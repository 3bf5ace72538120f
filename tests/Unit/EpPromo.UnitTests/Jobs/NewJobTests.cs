using EpPromo.Jobs;

namespace EpPromo.UnitTests.Jobs;

/// <summary>The limits of api-contract.md section 3, checked before anything is sent.</summary>
public class NewJobTests
{
    private static readonly NewJob s_good = new() { JobType = JobTypes.Generate, NumberOfCodes = 1 };

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public void A_job_generates_1_to_1000_codes(int numberOfCodes) => (s_good with { NumberOfCodes = numberOfCodes }).Validate();

    [Theory]
    [InlineData(null)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1001)]
    public void Another_number_of_codes_is_rejected(int? numberOfCodes) =>
        AssertRejected(nameof(SR.BadNumberOfCodes), s_good with { NumberOfCodes = numberOfCodes });

    [Theory]
    [InlineData(null)]
    [InlineData(8)]
    [InlineData(16)]
    public void A_code_has_8_to_16_characters(int? codeLength) => (s_good with { CodeLength = codeLength }).Validate();

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(17)]
    public void Another_code_length_is_rejected(int codeLength) =>
        AssertRejected(nameof(SR.BadCodeLength), s_good with { CodeLength = codeLength });

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(int.MaxValue)]
    public void Uses_can_be_unlimited_none_or_many(int? maxUses) => (s_good with { MaxUsesPerCode = maxUses }).Validate();

    [Fact]
    public void Negative_uses_are_rejected() => AssertRejected(nameof(SR.BadMaxUsesPerCode), s_good with { MaxUsesPerCode = -1 });

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    public void A_name_has_1_to_50_characters(int length) => (s_good with { Name = new string('n', length) }).Validate();

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("two\nlines")]
    [InlineData("123456789-123456789-123456789-123456789-123456789-1")]
    public void Another_name_is_rejected(string name)
    {
        AssertRejected(nameof(SR.BadJobName), s_good with { Name = name });
        AssertRejected(nameof(SR.BadJobName), NewJob.Export(name));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("summer-")]
    [InlineData("été")]
    public void A_prefix_is_free_text(string? prefix) => (s_good with { CodePrefix = prefix }).Validate();

    [Fact]
    public void A_prefix_with_control_characters_is_rejected() =>
        AssertRejected(nameof(SR.BadCodePrefix), s_good with { CodePrefix = "a\tb" });

    [Fact]
    public void An_export_needs_nothing_but_its_type()
    {
        NewJob.Export().Validate();

        Assert.Equal(JobTypes.Export, NewJob.Export().JobType);
    }

    [Theory]
    [InlineData(PromotionKind.Rule, "per_checkout", true)]
    [InlineData(PromotionKind.Rule, "per_application", true)]
    [InlineData(PromotionKind.Rule, "per_cart", false)]
    [InlineData(PromotionKind.Standard, "per_cart", true)]
    [InlineData(PromotionKind.Standard, "per_item", true)]
    [InlineData(PromotionKind.Standard, "per_checkout", false)]
    [InlineData(null, "per_item", true)]
    [InlineData(null, "per_application", true)]
    [InlineData(null, "per_moon", false)]
    [InlineData(PromotionKind.Standard, null, true)]
    public void The_consume_unit_is_one_of_the_kind_as_soon_as_that_is_known(PromotionKind? kind, string? unit, bool isValid)
    {
        NewJob job = s_good with { Kind = kind, ConsumeUnit = unit };

        if (isValid)
        {
            job.Validate();
        }
        else
        {
            AssertRejected("BadConsumeUnit", job);
        }
    }

    private static void AssertRejected(string errorId, NewJob job)
    {
        EpPromoException error = Assert.Throws<EpPromoException>(job.Validate);
        Assert.Equal(errorId, error.ErrorId);
        Assert.Equal(ErrorKind.InvalidArgument, error.Kind);
    }
}
