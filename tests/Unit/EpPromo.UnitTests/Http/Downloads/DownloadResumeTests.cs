using System.Globalization;

namespace EpPromo.UnitTests.Http.Downloads;

/// <summary>An interrupted download is resumed where that is safe, or else starts over.</summary>
public sealed class DownloadResumeTests
{
    private static string WholeFile => TestDownload.WholeFile;

    [Theory]
    [InlineData("ETag: \"v1\"", "\"v1\"")]
    [InlineData("Last-Modified: Tue, 01 Jan 2019 00:00:00 GMT", "Tue, 01 Jan 2019 00:00:00 GMT")]
    public async Task An_interrupted_download_is_resumed(string validator, string ifRange)
    {
        TestDownload download = await TestDownload.RunAsync(n => n == 1
            ? Reply.Partial(200, WholeFile, 20_000, ReplyEnd.Close, "Accept-Ranges: bytes", validator)
            : Rest(20_000, WholeFile.Length, validator));

        Assert.Equal(WholeFile, download.File);
        Assert.Equal(1, download.Links);
        Assert.StartsWith("bytes=", download.Fetches[1].Headers["Range"], StringComparison.Ordinal);
        Assert.Equal(ifRange, download.Fetches[1].Headers.GetValueOrDefault("If-Range"));
    }

    [Theory]
    [InlineData("X-Nothing: to compare", "X-Nothing: to compare")]
    [InlineData("ETag: W/\"v1\"", "ETag: W/\"v1\"")]
    [InlineData("ETag: \"v1\"", "ETag: W/\"v1\"")]
    [InlineData("ETag: \"v1\"", "X-Nothing: to compare")]
    [InlineData("Last-Modified: Tue, 01 Jan 2019 00:00:00 GMT", "Last-Modified: Tue, 01 Jan 2019 00:00:01 GMT")]
    [InlineData("Last-Modified: Tue, 01 Jan 2019 00:00:00 GMT", "X-Nothing: to compare")]
    public async Task Parts_of_different_files_are_never_joined(string first, string second)
    {
        string other = new('x', WholeFile.Length);
        TestDownload download = await TestDownload.RunAsync((n, request) => n == 1
            ? Reply.Partial(200, other, 20_000, ReplyEnd.Close, "Accept-Ranges: bytes", first)
            : request.Headers.ContainsKey("Range") ? Rest(20_000, WholeFile.Length, second)
            : Reply.Text(200, "text/csv", WholeFile, second));

        Assert.Equal(WholeFile, download.File);
    }

    [Theory]
    [InlineData("ETag: \"v1\"", true)]
    [InlineData("Last-Modified: Tue, 01 Jan 2019 00:00:00 GMT", false)]
    public async Task With_a_new_link_a_download_is_resumed_only_if_the_file_has_a_tag(string validator, bool isResumed)
    {
        TestDownload download = await TestDownload.RunAsync((n, request) => n switch
        {
            1 => Reply.Partial(200, WholeFile, 20_000, ReplyEnd.Close, "Accept-Ranges: bytes", validator),
            2 => Reply.Empty(403),
            _ => request.Headers.ContainsKey("Range") ? Rest(20_000, WholeFile.Length, validator) : Reply.Text(200, "text/csv", WholeFile, validator),
        });

        Assert.Equal(WholeFile, download.File);
        Assert.Equal(2, download.Links);
        Assert.Equal(isResumed, download.Fetches[2].Headers.ContainsKey("Range"));
    }

    [Fact]
    public async Task A_stalled_download_is_resumed()
    {
        TestDownload download = await TestDownload.RunAsync(
            n => n == 1
                ? Reply.Partial(200, WholeFile, 20_000, ReplyEnd.Stall, "Accept-Ranges: bytes", "ETag: \"v1\"")
                : Rest(20_000, WholeFile.Length, "ETag: \"v1\""),
            options => options with { IdleTimeout = TimeSpan.FromSeconds(1) });

        Assert.Equal(WholeFile, download.File);
        Assert.Equal(2, download.Fetches.Count);
    }

    [Theory]
    [InlineData("no ranges")]
    [InlineData("file changed")]
    [InlineData("other length")]
    [InlineData("other tag")]
    [InlineData("wrong place")]
    [InlineData("not satisfiable")]
    public async Task A_download_that_cannot_be_resumed_starts_over(string what)
    {
        string accept = what == "no ranges" ? "X-Ranges: none" : "Accept-Ranges: bytes";
        TestDownload download = await TestDownload.RunAsync(n => n switch
        {
            1 => Reply.Partial(200, "old" + WholeFile[3..], 20_000, ReplyEnd.Close, accept, "ETag: \"v1\""),
            2 when what == "other length" => Rest(20_000, WholeFile.Length + 5, "ETag: \"v1\""),
            2 when what == "other tag" => Rest(20_000, WholeFile.Length, "ETag: \"v2\""),
            2 when what == "wrong place" => Rest(19_000, WholeFile.Length, "ETag: \"v1\""),
            2 when what == "not satisfiable" => Reply.Empty(416),
            _ => Reply.Text(200, "text/csv", WholeFile, accept, "ETag: \"v2\""),
        });

        Assert.Equal(WholeFile, download.File);
        Assert.Equal(what != "no ranges", download.Fetches[1].Headers.ContainsKey("Range"));
        Assert.DoesNotContain("Range", download.Fetches[^1].Headers.Keys.Where(_ => download.Fetches.Count > 2));
    }

    [Fact]
    public async Task A_download_continues_as_long_as_each_attempt_makes_progress()
    {
        const int piece = 3_000;
        int pieces = (WholeFile.Length / piece) + 1;
        TestDownload download = await TestDownload.RunAsync(n =>
        {
            int from = (n - 1) * piece;
            return n == 1
                ? Reply.Partial(200, WholeFile, piece, ReplyEnd.Close, "Accept-Ranges: bytes", "ETag: \"v1\"")
                : Rest(from, WholeFile.Length, "ETag: \"v1\"", piece);
        });

        Assert.Equal(WholeFile, download.File);
        Assert.Equal(pieces, download.Fetches.Count);
    }

    [Fact]
    public async Task A_host_that_sends_a_byte_at_a_time_is_an_error()
    {
        TestDownload download = await TestDownload.RunAsync(n => n == 1
            ? Reply.Partial(200, WholeFile, 1, ReplyEnd.Close, "Accept-Ranges: bytes", "ETag: \"v1\"")
            : Rest(n - 1, WholeFile.Length, "ETag: \"v1\"", sent: 1));

        Assert.Equal("DownloadFailed", Assert.IsType<EpPromoException>(download.Error).ErrorId);
        Assert.Equal(10, download.Fetches.Count);
    }

    [Fact]
    public async Task A_part_that_ends_too_early_is_not_the_whole_file()
    {
        TestDownload download = await TestDownload.RunAsync(n => n switch
        {
            1 => Reply.Partial(200, WholeFile, 20_000, ReplyEnd.Close, "Accept-Ranges: bytes", "ETag: \"v1\""),
            2 => Reply.Text(
                206,
                "text/csv",
                WholeFile[20_000..25_000],
                string.Create(CultureInfo.InvariantCulture, $"Content-Range: bytes 20000-{WholeFile.Length - 1}/{WholeFile.Length}"),
                "ETag: \"v1\""),
            _ => Rest(25_000, WholeFile.Length, "ETag: \"v1\""),
        });

        Assert.Equal(WholeFile, download.File);
        Assert.Equal(3, download.Fetches.Count);
    }

    private static Reply Rest(int from, int total, string validator, int? sent = null)
    {
        string rest = WholeFile[Math.Min(from, WholeFile.Length)..];
        string range = string.Create(CultureInfo.InvariantCulture, $"Content-Range: bytes {from}-{total - 1}/{total}");
        ReplyEnd end = sent < rest.Length ? ReplyEnd.Close : ReplyEnd.KeepOpen;
        return Reply.Partial(206, rest, Math.Min(sent ?? rest.Length, rest.Length), end, range, validator);
    }
}
