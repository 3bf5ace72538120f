using System.Text;
using EpPromo.Codes;
using EpPromo.Http.Csv;

namespace EpPromo.UnitTests.Http.Csv;

/// <summary>Export files may have any columns and any quoting; what is not CSV is an error (api-contract.md sections 5 and 8).</summary>
public sealed class ExportCsvReaderTests
{
    private static readonly PromotionJob s_export = new() { JobId = "job-1" };

    [Theory]
    [InlineData("code,uses\na,1\nb,2\n")]
    [InlineData("code,uses\r\na,1\r\nb,2")]
    [InlineData("\"code\",\"uses\"\n\"a\",1\n\n\"b\",\"2\"\n\n")]
    [InlineData("\uFEFFcode,uses\na,1\nb,2\n")]
    [InlineData("code,uses\na,1,\nb,2,,\n")]
    public void Rows_are_read_by_the_header(string text)
    {
        List<ExportRow> rows = Read(text);

        Assert.Equal([["a", "1"], ["b", "2"]], rows.Select(Values));
        Assert.Equal([("a", 1), ("b", 2)], rows.Select(row => (row.Code, row.Uses!.Value)));
        Assert.Same(rows[0].Columns, rows[1].Columns);
    }

    [Fact]
    public void Quoted_values_keep_commas_quotes_and_non_ASCII_letters()
    {
        ExportRow row = Assert.Single(Read("Code,note\n\"a,b\",\"say \"\"ü\"\"\"\n"));

        Assert.Equal(["a,b", "say \"ü\""], Values(row));
    }

    [Fact]
    public void A_code_that_starts_with_a_comment_sign_is_a_code() =>
        Assert.Equal(["#1", "b"], Read("code,uses\n#1,1\nb,2\n").Select(row => row.Code));

    [Fact]
    public void Line_endings_and_escapes_in_values_are_replaced()
    {
        ExportRow row = Assert.Single(Read("code,note\na,\"two\r\nlines\u001b[2J\"\n"));

        Assert.Equal("two  lines\uFFFD[2J", row.Value(1));
    }

    [Fact]
    public void A_code_is_safe_to_show_and_is_compared_as_it_is_in_the_file()
    {
        ExportRow row = Assert.Single(Read("code\nB\u001b2\n"));

        Assert.Equal(("B\uFFFD2", "B\u001b2"), (row.Code, row.Text));
    }

    [Fact]
    public void A_short_row_is_padded_and_a_code_column_is_not_required()
    {
        ExportRow row = Assert.Single(Read("voucher,uses\na\n"));

        Assert.Equal(["a", ""], Values(row));
        Assert.Equal("", row.Code);
    }

    [Fact]
    public void A_header_alone_is_an_empty_list() => Assert.Empty(Read("code,uses\n"));

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("<html><body>Access denied</body></html>")]
    [InlineData("<?xml version=\"1.0\"?><Error/>")]
    [InlineData("""{"errors":[]}""")]
    [InlineData("code\0,uses\na,1\n")]
    [InlineData("code,uses\na,1\0\n")]
    [InlineData("code,uses\na,1,surplus\n")]
    [InlineData("code,uses\n\"a\"x,1\n")]
    [InlineData("\"code\"x,uses\na,1\n")]
    [InlineData("\"code,uses\na,1\n")]
    [InlineData("code,uses\n\"a,1\n")]
    public void A_file_that_is_not_CSV_with_a_header_is_an_error(string text)
    {
        EpPromoException error = Assert.Throws<EpPromoException>(() => Read(text));

        Assert.Equal(("BadCsv", ErrorKind.InvalidResponse), (error.ErrorId, error.Kind));
        Assert.StartsWith("The file of export job job-1 is not CSV", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_of_megabytes_is_an_error()
    {
        EpPromoException error = Assert.Throws<EpPromoException>(() => Read("code,uses\n\"" + new string('x', 5_000_000)));

        Assert.Equal("BadCsv", error.ErrorId);
    }

    [Fact]
    public void Long_values_and_many_rows_are_read()
    {
        string note = new('n', 60_000);
        List<ExportRow> rows = Read("code,note\n" + string.Concat(Enumerable.Range(0, 2_000).Select(i => $"c{i},x\n")) + $"last,{note}\n");

        Assert.Equal(2_001, rows.Count);
        Assert.Equal(note, rows[^1].Value(1));
    }

    [Fact]
    public void Rows_are_returned_while_the_file_is_read()
    {
        using MemoryStream file = new(Encoding.UTF8.GetBytes("code\n" + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"c{i}\n"))));
        using IEnumerator<ExportRow> rows = ExportCsvReader.Read(file, s_export).GetEnumerator();

        Assert.True(rows.MoveNext());
        Assert.InRange(file.Position, 1, file.Length / 4);
    }

    private static IEnumerable<string> Values(ExportRow row) => Enumerable.Range(0, row.Columns.Names.Count).Select(row.Value);

    private static List<ExportRow> Read(string text)
    {
        using MemoryStream file = new(Encoding.UTF8.GetBytes(text));
        return [.. ExportCsvReader.Read(file, s_export)];
    }
}
