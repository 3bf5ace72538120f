
namespace EpPromo.UnitTests.Http.Downloads;

/// <summary>An export file is downloaded completely or not at all.</summary>
public sealed class DownloadTests
{
    private static string WholeFile => TestDownload.WholeFile;

    [Fact]
    public async Task A_file_is_fetched_from_its_link()
    {
        TestDownload download = await TestDownload.RunAsync(_ => Reply.Text(200, "text/csv", WholeFile));

        Assert.Equal(WholeFile, download.File);
        Assert.Single(download.Fetches);
        Assert.Equal("identity", download.Fetches[0].Headers["Accept-Encoding"]);
        Assert.Equal("/p1/j1_codes.csv?Signature=s~1%2B&n=1", download.Fetches[0].Target);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    public async Task An_expired_link_is_replaced_by_a_new_one(int status)
    {
        TestDownload download = await TestDownload.RunAsync(n => n == 1 ? Reply.Text(status, "application/xml", "<Error/>") : Reply.Text(200, "text/csv", WholeFile));

        Assert.Equal(WholeFile, download.File);
        Assert.Equal(2, download.Links);
        Assert.EndsWith("n=2", download.Fetches[1].Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_but_steady_download_may_take_longer_than_the_call_timeout()
    {
        // Six pieces, each within the call timeout, together longer.
        TestDownload download = await TestDownload.RunAsync(
            _ => Reply.Text(200, "text/csv", WholeFile) with { Pieces = 6, Pause = TimeSpan.FromMilliseconds(600) },
            options => options with { CallTimeout = TimeSpan.FromSeconds(2.5) });

        Assert.Equal(WholeFile, download.File);
        Assert.Single(download.Fetches);
    }

    [Theory]
    [InlineData("expired link", 10)]
    [InlineData("broken", 10)]
    [InlineData("500", 10)]
    [InlineData("refused", 1)]
    [InlineData("redirect", 1)]
    public async Task A_lasting_failure_is_an_error_after_a_limited_number_of_attempts(string what, int fetches)
    {
        TestDownload download = await TestDownload.RunAsync(_ => what switch
        {
            "expired link" => Reply.Empty(403),
            "broken" => Reply.Partial(200, WholeFile, 0, ReplyEnd.Close),
            "500" => Reply.Empty(500),
            "refused" => Reply.Empty(400),
            _ => Reply.Empty(302, "Location: http://127.0.0.1:1/"),
        });

        EpPromoException failed = Assert.IsType<EpPromoException>(download.Error);
        Assert.Equal(("DownloadFailed", ErrorKind.Unavailable), (failed.ErrorId, failed.Kind));
        Assert.DoesNotContain("Signature", failed.ToString(), StringComparison.Ordinal);
        Assert.Equal(fetches, download.Fetches.Count);
    }

    [Fact]
    public async Task A_file_without_a_length_is_complete_at_its_normal_end()
    {
        TestDownload download = await TestDownload.RunAsync(_ => Reply.Unmeasured(200, WholeFile));

        Assert.Equal(WholeFile, download.File);
    }

    [Fact]
    public async Task A_file_that_is_compressed_without_being_requested_so_is_decompressed()
    {
        TestDownload download = await TestDownload.RunAsync(
            _ => Reply.Binary(200, "text/csv", Reply.Compress(WholeFile), "Content-Encoding: gzip"));

        Assert.Equal(WholeFile, download.File);
    }

    [Fact]
    public async Task A_compressed_file_of_several_members_is_read_to_its_end()
    {
        string[] parts = [WholeFile[..10], WholeFile[10..]];

        TestDownload download = await TestDownload.RunAsync(
            _ => Reply.Binary(200, "text/csv", [.. parts.SelectMany(Reply.Compress)], "Content-Encoding: gzip"));

        Assert.Equal(WholeFile, download.File);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(-1)]
    public async Task A_compressed_file_without_a_length_that_is_cut_off_is_fetched_again(int length)
    {
        byte[] file = Reply.Compress(WholeFile);

        TestDownload download = await TestDownload.RunAsync(
            n => Reply.Unmeasured(200, n == 1 ? file[..(length < 0 ? file.Length + length : length)] : file, "Content-Encoding: gzip"));

        Assert.Equal(WholeFile, download.File);
        Assert.Equal(2, download.Fetches.Count);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("gzip, gzip")]
    [InlineData("gzip, br")]
    [InlineData("rot13")]
    public async Task A_response_in_an_unsupported_encoding_is_not_the_file(string encoding)
    {
        TestDownload download = await TestDownload.RunAsync(_ => Reply.Binary(200, "text/csv", [1, 2, 3, 4, 5], $"Content-Encoding: {encoding}"));

        Assert.Equal("DownloadFailed", Assert.IsType<EpPromoException>(download.Error).ErrorId);
        Assert.Contains(encoding, download.Error.Message, StringComparison.Ordinal);
        Assert.Single(download.Fetches);
        Assert.Empty(download.File);
    }

    [Fact]
    public async Task The_identity_encoding_is_no_encoding()
    {
        TestDownload download = await TestDownload.RunAsync(_ => Reply.Text(200, "text/csv", WholeFile, "Content-Encoding: identity"));

        Assert.Equal(WholeFile, download.File);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_error_of_the_destination_is_not_retried(bool onTruncate)
    {
        await using ScriptedOrigin files = new(_ => Reply.Text(200, "text/csv", WholeFile));
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Ok($$"""{"href":"{{files.BaseUri}}x"}""")));
        using TestStore store = new(origin.BaseUri);
        using FullDisk destination = new(onTruncate);

        IOException full = await Assert.ThrowsAsync<IOException>(
            () => store.Api.Jobs.DownloadJobFileAsync("p1", "j1", destination, TestStore.Cancel));

        Assert.Equal("The disk is full.", full.Message);
        Assert.Single(files.Requests);
    }

    [Fact]
    public async Task A_job_without_a_file_has_its_own_error()
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(
            _ => Reply.Error(422, "Unprocessable Entity", "Job has no file to download. Job status: processing")));
        using TestStore store = new(origin.BaseUri);
        using MemoryStream file = new();

        ApiException refused = await Assert.ThrowsAsync<ApiException>(
            () => store.Api.Jobs.DownloadJobFileAsync("p1", "j1", file, TestStore.Cancel));

        Assert.Equal("JobHasNoFile", refused.ErrorId);
    }

    private sealed class FullDisk(bool onTruncate) : MemoryStream
    {
        public override void SetLength(long value)
        {
            if (onTruncate)
            {
                throw new IOException("The disk is full.");
            }

            base.SetLength(value);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            throw new IOException("The disk is full.");
    }
}
