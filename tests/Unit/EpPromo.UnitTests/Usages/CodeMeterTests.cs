using EpPromo.Codes;
using EpPromo.Usages;

namespace EpPromo.UnitTests.Usages;

/// <summary>What a measurement counts, whatever the store leaves out.</summary>
public sealed class CodeMeterTests
{
    private static readonly DateTimeOffset s_time = new(2026, 2, 1, 23, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Usages_count_for_their_codes_by_text_or_id()
    {
        CodeMeasurement measured = Measure(
            [Usage("u1", "a", "1"), Usage("u2", "A", null), Usage("u3", "", "1"), Usage("u4", "", "2"), Usage("u5", "other", "9"), Usage("u6", "", null)],
            [Code("A", "1"), Code("B", "2"), Code("C", "3")]);

        Assert.Equal((3, 2, 1, 4), (measured.Codes, measured.Used, measured.Unused, measured.TimesUsed));
        Assert.Equal(66.67, measured.RedeemedPercent);
    }

    [Fact]
    public void The_usages_of_a_deleted_code_are_not_those_of_one_with_the_same_text()
    {
        CodeMeasurement measured = Measure([Usage("u1", "a", "old"), Usage("u2", "a", "new")], [Code("a", "new")]);

        Assert.Equal((1, 1), (measured.Used, measured.TimesUsed));
        Assert.Equal(2, Measure([Usage("u1", "a", "old"), Usage("u2", "a", "new")], [Code("a", null)]).TimesUsed);
    }

    [Theory]
    [InlineData(5, 3, 1, 2, 3L)]
    [InlineData(5, 3, 2, 2, 3L)]
    [InlineData(5, 5, 1, 1, 5L)]
    [InlineData(null, null, 2, 2, null)]
    [InlineData(null, 4, 2, 2, 4L)]
    public void What_the_store_says_is_left_of_a_code_counts_if_usages_are_missing(int? max, int? left, int usages, long times, long? usesLeft)
    {
        CodeMeasurement measured = Measure(
            Enumerable.Range(0, usages).Select(i => Usage($"u{i}", "a", "1")), [Code("a", "1", max, left)]);

        Assert.Equal((1, times, usesLeft), (measured.Used, measured.TimesUsed, measured.UsesLeft));
    }

    [Fact]
    public void Uses_left_have_no_limit_if_those_of_one_code_have_none() =>
        Assert.Null(Measure([], [Code("a", "1", 5, 3), Code("b", "2"), Code("c", "3", 1, 1)]).UsesLeft);

    [Fact]
    public void A_promotion_without_codes_has_no_percentage()
    {
        CodeMeasurement measured = Measure([Usage("u1", "a", "1")], []);

        Assert.Equal((0, 0, 0L), (measured.Codes, measured.TimesUsed, measured.UsesLeft));
        Assert.Null(measured.RedeemedPercent);
        Assert.Null(measured.LastUsed);
    }

    [Fact]
    public void Days_are_those_of_the_zone_and_a_usage_without_a_time_is_on_none()
    {
        TimeZoneInfo zone = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(1), "test", "test");
        CodeMeter meter = new(zone);
        meter.Add(new PromotionUsage(Usage("u1", "a", "1")) { UsedOn = s_time, TimesUsed = 2 });
        meter.Add(new PromotionUsage(Usage("u2", "a", "1")) { UsedOn = s_time.AddHours(1).ToOffset(TimeSpan.FromHours(-8)) });
        meter.Add(new PromotionUsage(Usage("u3", "a", "1")) { UsedOn = s_time.AddHours(-1) });
        meter.Add(Usage("u4", "a", "1"));
        meter.Add(Code("a", "1"));

        CodeMeasurement measured = meter.ToMeasurement();

        Assert.Equal(["2026-02-01: 1", "2026-02-02: 3"], measured.UsesByDay.Select(day => day.ToString()));
        Assert.Equal((s_time.AddHours(-1), s_time.AddHours(1), 5), (measured.FirstUsed!.Value, measured.LastUsed!.Value, measured.TimesUsed));
    }

    private static CodeMeasurement Measure(IEnumerable<PromotionUsage> usages, IEnumerable<PromotionCode> codes)
    {
        CodeMeter meter = new(TimeZoneInfo.Utc);
        foreach (PromotionUsage usage in usages)
        {
            meter.Add(usage);
        }

        foreach (PromotionCode code in codes)
        {
            meter.Add(code);
        }

        return meter.ToMeasurement();
    }

    private static PromotionUsage Usage(string id, string code, string? codeId) => new() { UsageId = id, Code = code, CodeId = codeId };

    private static PromotionCode Code(string text, string? id, int? max = null, int? left = null) =>
        new(new ListedCode { Code = text, CodeId = id, MaxUses = max, Uses = left });
}
