using System.Globalization;
using System.Text;
using System.Text.Json;
using EpPromo.Codes;
using EpPromo.Http.Formats;

namespace EpPromo.UnitTests.Http.Formats;

/// <summary>Files of codes in other formats than the store's CSV.</summary>
public class CodeFileConverterTests
{
    private const string Csv = "code,uses,created_at,max_uses,user,consume_unit\n=1+1,0,2026-11-28T22:47:36Z,5,,per_checkout\n0012,many,,,Zoë,\n";

    private static readonly string[] s_columns =
        ["Code", "MaxUses", "Uses", "ConsumeUnit", "CreatedAt", "PromotionName", "PromotionId", "JobId", "Run", "user"];

    private static readonly CodeFileOrigin s_run = new("promo-1", "Summer \"Sale\"", null, "bf26");

    [Fact]
    public async Task Json_is_an_array_of_typed_objects()
    {
        using JsonDocument json = JsonDocument.Parse(await TextAsync(Csv, CodeFileFormat.Json));

        Assert.Equal(2, json.RootElement.GetArrayLength());
        Assert.All(json.RootElement.EnumerateArray(), row => Assert.Equal(s_columns, row.EnumerateObject().Select(property => property.Name)));
        Assert.Equal(
            ["=1+1", "5", "0", "per_checkout", "2026-11-28T22:47:36+00:00", "Summer \"Sale\"", "promo-1", "", "bf26", ""],
            json.RootElement[0].EnumerateObject().Select(property => property.Value.ToString()));
        Assert.Equal(JsonValueKind.Number, json.RootElement[0].GetProperty("MaxUses").ValueKind);
        Assert.Equal(JsonValueKind.Null, json.RootElement[0].GetProperty("JobId").ValueKind);
    }

    [Fact]
    public async Task A_value_that_cannot_be_read_stays_a_text_and_an_empty_one_is_null()
    {
        using JsonDocument json = JsonDocument.Parse(await TextAsync(Csv, CodeFileFormat.Json));

        Assert.Equal(
            [("0012", "String"), ("", "Null"), ("many", "String"), ("", "Null"), ("", "Null")],
            json.RootElement[1].EnumerateObject().Take(5).Select(property => (property.Value.ToString(), property.Value.ValueKind.ToString())));
    }

    [Fact]
    public async Task A_further_column_never_hides_a_property()
    {
        using JsonDocument json = JsonDocument.Parse(await TextAsync("Run,code,id,PromotionName,,uses\nother,a,7,Winter,x,1\n", CodeFileFormat.Json));

        JsonElement row = json.RootElement[0];
        Assert.Equal(("bf26", "Summer \"Sale\""), (row.GetProperty("Run").GetString(), row.GetProperty("PromotionName").GetString()));
        Assert.Equal(
            [("Run_2", "other"), ("id", "7"), ("PromotionName_2", "Winter"), ("Column5", "x")],
            row.EnumerateObject().Skip(9).Select(property => (property.Name, property.Value.GetString()!)));
    }

    [Fact]
    public async Task Json_lines_are_one_object_each()
    {
        string text = await TextAsync(Csv, CodeFileFormat.JsonLines);

        string[] lines = text.Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Equal("", lines[2]);
        Assert.Equal(["=1+1", "0012"], lines.Take(2).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("Code").GetString()!));
        Assert.Contains("\"user\":\"Zoë\"", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(CodeFileFormat.Json), "[\n]\n")]
    [InlineData(nameof(CodeFileFormat.JsonLines), "")]
    public async Task A_file_without_codes_is_valid(string format, string expected) =>
        Assert.Equal(expected, (await TextAsync("code,uses\n", Enum.Parse<CodeFileFormat>(format))).Replace("[]", "[\n]", StringComparison.Ordinal));

    [Fact]
    public async Task A_code_is_a_text_in_a_workbook_and_never_a_formula_or_number()
    {
        using MemoryStream file = await ConvertAsync(Csv, CodeFileFormat.Xlsx);

        Workbook workbook = Workbook.Of(file);
        Assert.Equal(["Codes"], workbook.Sheets);
        Assert.Equal(0, workbook.FormulaCount);
        IReadOnlyList<(string Value, string Type)?[]> rows = workbook.Rows(1);
        Assert.Equal(s_columns.Select(name => name == "CreatedAt" ? "CreatedAt (UTC)" : name), rows[0].Select(cell => cell!.Value.Value));
        Assert.Equal([("=1+1", "text"), ("5", "number"), ("0", "number"), ("per_checkout", "text")], rows[1].Take(4).Select(cell => cell!.Value));
        Assert.Equal([("0012", "text"), null, ("many", "text"), null, null], rows[2].Take(5));
        DateTime time = DateTime.FromOADate(double.Parse(rows[1][4]!.Value.Value, CultureInfo.InvariantCulture));
        Assert.Equal(new DateTime(2026, 11, 28, 22, 47, 36), time, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task A_workbook_without_codes_has_a_header()
    {
        using MemoryStream file = await ConvertAsync("code\n", CodeFileFormat.Xlsx);

        Assert.Single(Workbook.Of(file).Rows(1));
    }

    [Fact]
    public async Task Rows_beyond_the_limit_of_a_worksheet_are_in_the_next_one()
    {
        using MemoryStream file = new();
        using (XlsxCodeWriter writer = new(["Code"], file, maxRows: 3))
        {
            for (int i = 1; i <= 5; i++)
            {
                await writer.WriteAsync([$"code {i}"], TestContext.Current.CancellationToken);
            }

            await writer.FinishAsync(TestContext.Current.CancellationToken);
        }

        Workbook workbook = Workbook.Of(file);
        Assert.Equal(["Codes", "Codes 2", "Codes 3"], workbook.Sheets);
        Assert.Equal(
            ["Code, code 1, code 2", "Code, code 3, code 4", "Code, code 5"],
            Enumerable.Range(1, 3).Select(sheet => string.Join(", ", workbook.Rows(sheet).Select(row => row[0]!.Value.Value))));
    }

    [Theory]
    [InlineData("a\u0001b\uFFFE<&>\"'", "a\uFFFDb\uFFFD<&>\"'")]
    [InlineData(" a ", " a ")]
    public async Task Any_text_is_valid_in_a_workbook(string code, string expected)
    {
        using MemoryStream file = await ConvertAsync($"code\n\"{code.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n", CodeFileFormat.Xlsx);

        Assert.Equal(expected, Workbook.Of(file).Rows(1)[1][0]!.Value.Value);
    }

    [Fact]
    public async Task A_text_that_is_too_long_for_a_cell_is_an_error()
    {
        IOException e = await Assert.ThrowsAsync<IOException>(() => ConvertAsync($"code\n{new string('x', 32_768)}\n", CodeFileFormat.Xlsx));

        Assert.Equal("It has a value of 32768 characters, and a cell of an .xlsx file holds 32767. Use .csv.", e.Message);
        Assert.Equal(32_767, Workbook.Of(await ConvertAsync($"code\n{new string('x', 32_767)}\n", CodeFileFormat.Xlsx)).Rows(1)[1][0]!.Value.Value.Length);
    }

    [Theory]
    [InlineData("name,uses\na,1\n")]
    [InlineData("<html>")]
    [InlineData("")]
    public async Task A_file_that_is_no_table_of_codes_is_an_error_with_its_job(string csv)
    {
        EpPromoException e = await Assert.ThrowsAsync<EpPromoException>(() => ConvertAsync(csv, CodeFileFormat.Json));

        Assert.Equal("BadCsv", e.ErrorId);
        Assert.Contains("export-1", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(CodeFileFormat.Json))]
    [InlineData(nameof(CodeFileFormat.Xlsx))]
    public async Task Many_rows_are_written_as_they_are_read(string format)
    {
        const int Rows = 50_000;
        string csv = "code,uses\n" + string.Concat(Enumerable.Range(0, Rows).Select(i => $"summer-{i},{i}\n"));

        using MemoryStream file = await ConvertAsync(csv, Enum.Parse<CodeFileFormat>(format));

        IEnumerable<string> codes = format == nameof(CodeFileFormat.Xlsx)
            ? Workbook.Of(file).Rows(1).Skip(1).Select(row => row[0]!.Value.Value)
            : JsonDocument.Parse(file).RootElement.EnumerateArray().Select(row => row.GetProperty("Code").GetString()!);
        Assert.Equal(Enumerable.Range(0, Rows).Select(i => $"summer-{i}"), codes);
    }

    [Fact]
    public async Task It_can_be_cancelled_between_two_rows()
    {
        using CancellationTokenSource source = new();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ConvertUntilAsync(Csv, CodeFileFormat.Json, source.Token));
    }

    private static async Task<string> TextAsync(string csv, CodeFileFormat format)
    {
        using MemoryStream file = await ConvertAsync(csv, format);
        return Encoding.UTF8.GetString(file.ToArray());
    }

    private static Task<MemoryStream> ConvertAsync(string csv, CodeFileFormat format) => ConvertUntilAsync(csv, format, TestContext.Current.CancellationToken);

    private static async Task<MemoryStream> ConvertUntilAsync(string csv, CodeFileFormat format, CancellationToken cancellationToken)
    {
        MemoryStream file = new();
        using MemoryStream source = new(Encoding.UTF8.GetBytes(csv));
        await new CodeFileConverter().ConvertAsync(source, "export-1", s_run, format, file, cancellationToken);
        file.Position = 0;
        return file;
    }
}
