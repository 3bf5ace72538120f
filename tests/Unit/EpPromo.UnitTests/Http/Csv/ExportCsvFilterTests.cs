using System.Text;
using EpPromo.Http.Csv;

namespace EpPromo.UnitTests.Http.Csv;

/// <summary>A filtered export file consists of the store's own bytes.</summary>
public sealed class ExportCsvFilterTests
{
    [Theory]
    [InlineData("code,uses\r\nA1,1\r\nX,2\r\nB2,3\r\n", "code,uses\r\nA1,1\r\nB2,3\r\n")]
    [InlineData("code,uses\nA1,1\nX,2\nB2,3", "code,uses\nA1,1\nB2,3")]
    [InlineData("code,uses\rA1,1\rX,2\rB2,3\r", "code,uses\rA1,1\rB2,3\r")]
    [InlineData("code,uses\r\nA1,1\nX,2\nB2,3\r", "code,uses\r\nA1,1\nB2,3\r")]
    [InlineData("\uFEFFcode,uses\r\nA1,1\r\nX,2\r\n", "\uFEFFcode,uses\r\nA1,1\r\n")]
    [InlineData("\"code\", Uses ,uses,\r\n\"A1\",\"1\",,\r\n\"X\",\"2\"\r\n", "\"code\", Uses ,uses,\r\n\"A1\",\"1\",,\r\n")]
    [InlineData("note,CODE\n\"X\nA1,A1\n\",X\n\"say \"\"A1\"\"\r\n\u001b[2J \",A1\n", "note,CODE\n\"say \"\"A1\"\"\r\n\u001b[2J \",A1\n")]
    [InlineData("note,code\nété 夏 🌞,A1\nété,X\n", "note,code\nété 夏 🌞,A1\n")]
    [InlineData("code,uses\n\n\nA1\n\nX,2\n", "code,uses\nA1\n")]
    [InlineData("code,uses\n#A,1\n#X,2\n", "code,uses\n#A,1\n")]
    [InlineData("code,uses\nB\u001b2,1\nX,2\nà1,3\n", "code,uses\nB\u001b2,1\nà1,3\n")]
    [InlineData("code,uses\n", "code,uses\n")]
    [InlineData("code", "code")]
    public void The_header_and_the_wanted_rows_are_copied_byte_for_byte(string file, string expected)
    {
        Assert.Equal(Encoding.UTF8.GetBytes(expected), Filter(Encoding.UTF8.GetBytes(file)));
    }

    [Fact]
    public void Invalid_text_is_copied_unchanged()
    {
        byte[] file = [.. "code,note\n"u8, .. "A1,"u8, 0xFF, 0xC3, 0x0A, .. "X,2\n"u8];

        Assert.Equal([.. "code,note\n"u8, .. "A1,"u8, 0xFF, 0xC3, 0x0A], Filter(file));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("utf-32BE")]
    public void Other_encodings_keep_their_byte_order_mark(string name)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        byte[] Bytes(string text) => [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];

        Assert.Equal(Bytes("code,note\r\nA1,夏🌞\r\n"), Filter(Bytes("code,note\r\nA1,夏🌞\r\nX,夏\r\n")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("<html></html>")]
    [InlineData("voucher,uses\nA1,1\n")]
    [InlineData("code,uses\nA1,1\0\n")]
    [InlineData("code,uses\nA1,1,surplus\n")]
    [InlineData("code,uses\n\"A1\"x,1\n")]
    [InlineData("code,uses\n\"A1,1\n")]
    public void A_file_that_is_not_CSV_with_codes_is_an_error(string file)
    {
        Assert.Equal("BadCsv", Assert.Throws<EpPromoException>(() => Filter(Encoding.UTF8.GetBytes(file))).ErrorId);
    }

    [Fact]
    public void Half_a_surrogate_pair_in_UTF_16_is_an_error()
    {
        byte[] file = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("code\nA1\n"), 0x00, 0xD8, 0x0A, 0x00];

        Assert.Equal("BadCsv", Assert.Throws<EpPromoException>(() => Filter(file)).ErrorId);
    }

    [Fact]
    public void A_copy_can_be_cancelled_between_rows()
    {
        using CancellationTokenSource stop = new();
        using MemoryStream file = new(Encoding.UTF8.GetBytes("code\n" + string.Concat(Enumerable.Repeat("A1\n", 1000))));
        int calls = 0;

        Assert.Throws<OperationCanceledException>(() => ExportCsvFilter.Copy(
            file,
            "job-1",
            new MemoryStream(),
            code =>
            {
                calls++;
                stop.Cancel();
                return true;
            },
            stop.Token));
        Assert.Equal(1, calls);
    }

    [Fact]
    public void The_file_is_read_no_faster_than_the_copy_is_written()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("code\n" + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"c{i}\n")));
        using MemoryStream file = new(bytes);
        long furthest = 0;
        int calls = 0;
        ExportCsvFilter.Copy(
            file,
            "job-1",
            new MemoryStream(),
            code =>
            {
                furthest = calls++ == 0 ? file.Position : furthest;
                return true;
            },
            CancellationToken.None);

        Assert.InRange(furthest, 1, bytes.Length / 4);
        Assert.Equal(100_000, calls);
    }

    private static byte[] Filter(byte[] bytes)
    {
        string[] wanted = ["A1", "B2", "#A", "B\u001b2", "à1"];
        using MemoryStream file = new(bytes);
        using MemoryStream copy = new();
        ExportCsvFilter.Copy(file, "job-1", copy, wanted.Contains, CancellationToken.None);
        return copy.ToArray();
    }
}
