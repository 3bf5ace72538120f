using System.Text;
using EpPromo.Codes;

namespace EpPromo.UnitTests.Codes;

/// <summary>What the columns of an export file mean: they are not published (api-contract.md section 8).</summary>
public class ExportColumnsTests
{
    private static readonly PromotionJob s_export = new() { JobId = "export-1", PromotionId = "promo-1", PromotionName = "Summer Sale" };

    [Theory]
    [InlineData("code", "max_uses", "uses", "consume_unit", "created_at", "id")]
    [InlineData("CODE", "Max Uses", " Uses ", "ConsumeUnit", "CreatedAt", "ID")]
    [InlineData("Code", "maxuses", "u_ses", "Consume_Unit", "created at", "Id")]
    public void Columns_are_recognised_whatever_their_spelling(params string[] header)
    {
        PromotionCode code = new(Read(header, "a", "5", "3", "per_checkout", "2026-11-28T22:47:36.123456789Z", "id-1"));

        Assert.Equal(("a", 5, 3, "per_checkout", "id-1"), (code.Code, code.MaxUses, code.Uses, code.ConsumeUnit, code.CodeId));
        Assert.Equal(new DateTimeOffset(2026, 11, 28, 22, 47, 36, TimeSpan.Zero).AddTicks(1234567), code.CreatedAt);
        Assert.Equal(("promo-1", "Summer Sale", "export-1", null), (code.PromotionId, code.PromotionName, code.JobId, code.Run));
    }

    [Fact]
    public void Empty_values_and_missing_columns_are_null()
    {
        ExportRow code = Read(["code", "uses", "created_at", "consume_unit"], "a", "", " ", "");

        Assert.Equal((null, null, null, null, null), (code.Uses, code.MaxUses, code.CreatedAt, code.ConsumeUnit, code.CodeId));
    }

    [Theory]
    [InlineData("2026-11-28T22:47:36Z", "2026-11-28T22:47:36+00:00")]
    [InlineData("2026-11-28 22:47:36", "2026-11-28T22:47:36+00:00")]
    [InlineData("2026-11-28T23:47:36+01:00", "2026-11-28T22:47:36+00:00")]
    [InlineData("11/12/2026 22:47", null)]
    [InlineData("22:47", null)]
    [InlineData("1764370056", null)]
    [InlineData("2026-13-28T22:47:36Z", null)]
    public void Only_a_time_that_has_one_meaning_is_read(string text, string? expected)
    {
        DateTimeOffset? time = Read(["code", "created_at"], "a", text).CreatedAt;

        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, null), time);
    }

    [Theory]
    [InlineData("many")]
    [InlineData("1.5")]
    [InlineData("99999999999")]
    public void A_value_that_cannot_be_read_stays_a_text(string uses)
    {
        ExportRow row = Read(["code", "uses", "max_uses", "created_at"], "a", uses, uses, "yesterday");

        Assert.Equal((null, null, null), (row.Uses, row.MaxUses, row.CreatedAt));
        Assert.Equal([("uses_2", uses), ("max_uses", uses), ("created_at", "yesterday")], Further(row));
    }

    [Fact]
    public void Further_columns_keep_their_names_but_for_those_of_a_code_and_of_PowerShell()
    {
        ExportRow row = Read(
            ["code", "USES", "created_by", "promotion_id", "PromotionId", "jobid", "codeid", "PSObject"], "a", "3", "mia", "x", "y", "z", "c", "p");

        Assert.Equal(
            [("created_by", "mia"), ("promotion_id", "x"), ("PromotionId_2", "y"), ("jobid_2", "z"), ("codeid_2", "c"), ("PSObject_2", "p")],
            Further(row));
    }

    [Fact]
    public void Columns_with_no_name_or_a_repeated_one_get_unique_names()
    {
        ExportRow row = Read(["code", "", "uses", "USES", " ", "uses_2", "note", "NOTE"], "1", "2", "3", "4", "5", "6", "7", "8");

        Assert.Equal(
            [("Column2", "2"), ("USES_3", "4"), ("Column5", "5"), ("uses_2_2", "6"), ("note", "7"), ("NOTE_2", "8")], Further(row));
        Assert.Equal(3, row.Uses);
    }

    [Fact]
    public void The_column_named_code_has_the_codes_even_after_a_similar_one()
    {
        Assert.Equal(1, new ExportColumns(["co_de", "Code"]).Code);
        Assert.Equal(-1, new ExportColumns(["promotion_code", "codes"]).Code);
    }

    private static ExportRow Read(string[] header, params string[] values) =>
        new(new ExportColumns(header), s_export, Encoding.UTF8.GetBytes(string.Concat(values.Select(value => value + '\0'))));

    private static IEnumerable<(string, string)> Further(ExportRow row) =>
        row.FurtherColumns.Select(column => (row.Columns.Names[column], row.Value(column)));
}
