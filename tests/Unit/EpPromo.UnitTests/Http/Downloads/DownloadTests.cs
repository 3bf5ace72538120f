using System.Globalization;
using System.IO.Compression;
using System.Text;
using EpPromo.Stores;

namespace EpPromo.UnitTests.Http.Downloads;

/// <summary>An export file is downloaded completely or not at all, however often links expire and connections break.</summary>
public sealed class DownloadTests
{
    private static readonly string Whole = "code\n" + string.Concat(Enumerable.Range(0, 5_000).Select(i => $"summer-{i:0000}\n"));

    [Fact]
    public async Task A_file_is_fetched_from_its_link()
    {
        Attempt attempt = await RunAsync(_ => Reply.Text(200, "text/csv", Whole));

        Assert.Equal(Whole, attempt.File);
        Assert.Single(attempt.Fetches);
        Assert.Equal("identity", attempt.Fetches[0].Headers["Accept-Encoding"]);
        Assert.Equal("/p1/j1_codes.csv?Signature=s~1%2B&n=1", attempt.Fetches[0].Target);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    public async Task An_expired_link_is_replaced_by_a_new_one(int status)
    {
        Attempt attempt = await RunAsync(n => n == 1 ? Reply.Text(status, "application/xml", "<Error/>") : Reply.Text(200, "text/csv", Whole));

        Assert.Equal(Whole, attempt.File);
        Assert.Equal(2, attempt.Links);
        Assert.EndsWith("n=2", attempt.Fetches[1].Target, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ETag: \"v1\"", "\"v1\"")]
    [InlineData("Last-Modified: Tue, 01 Jan 2019 00:00:00 GMT", "Tue, 01 Jan 2019 00:00:00 GMT")]
    public async Task An_interrupted_download_is_resumed(string validator, string ifRange)
    {
        Attempt attempt = await RunAsync(n => n == 1
            ? Reply.Partial(200, Whole, 20_000, ReplyEnd.Close, "Accept-Ranges: bytes", validator)
            : Rest(20_000, Whole.Length, validator));

        Assert.Equal(Whole, attempt.File);
        Assert.Equal(1, attempt.Links);
        Assert.StartsWith("bytes=", attempt.Fetches[1].Headers["Range"], StringComparison.Ordinal);
        Assert.Equal(ifRange, attempt.Fetches[1].Headers.GetValueOrDefault("If-Range"));
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
        string other = new('x', Whole.Length);
        Attempt attempt = await RunAsync((n, request) => n == 1
            ? Reply.Partial(200, other, 20_000, ReplyEnd.Close, "Accept-Ranges: bytes", first)
            : request.Headers.ContainsKey("Range") ? Rest(20_000, Whole.Length, second)
            : Reply.Text(200, "text/csv", Whole, second));

        Assert.Equal(Whole, attempt.File);
    }

    [Theory]
    [InlineData("ETag: \"v1\"", true)]
    [InlineData("Last-Modified: Tue, 01 Jan 2019 00:00:00 GMT", false)]
    public async Task With_a_new_link_a_download_is_resumed_only_if_the_file_has_a_tag(string validator, bool isResumed)
    {
        Attempt attempt = await RunAsync((n, request) => n switch
        {
            1 => Reply.Partial(200, Whole, 20_000, ReplyEnd.Close, "Accept-Ranges: bytes", validator),
            2 => Reply.Empty(403),
            _ => request.Headers.ContainsKey("Range") ? Rest(20_000, Whole.Length, validator) : Reply.Text(200, "text/csv", Whole, validator),
        });

        Assert.Equal(Whole, attempt.File);
        Assert.Equal(2, attempt.Links);
        Assert.Equal(isResumed, attempt.Fetches[2].Headers.ContainsKey("Range"));
    }

    [Fact]
    public async Task A_stalled_download_is_resumed()
    {
        Attempt attempt = await RunAsync(
            n => n == 1
                ? Reply.Partial(200, Whole, 20_000, ReplyEnd.Stall, "Accept-Ranges: bytes", "ETag: \"v1\"")
                : Rest(20_000, Whole.Length, "ETag: \"v1\""),
            options => options with { IdleTimeout = TimeSpan.FromSeconds(1) });

        Assert.Equal(Whole, attempt.File);
        Assert.Equal(2, attempt.Fetches.Count);
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
        Attempt attempt = await RunAsync(n => n switch
        {
            1 => Reply.Partial(200, "old" + Whole[3..], 20_000, ReplyEnd.Close, accept, "ETag: \"v1\""),
            2 when what == "other length" => Rest(20_000, Whole.Length + 5, "ETag: \"v1\""),
            2 when what == "other tag" => Rest(20_000, Whole.Length, "ETag: \"v2\""),
            2 when what == "wrong place" => Rest(19_000, Whole.Length, "ETag: \"v1\""),
            2 when what == "not satisfiable" => Reply.Empty(416),
            _ => Reply.Text(200, "text/csv", Whole, accept, "ETag: \"v2\""),
        });

        Assert.Equal(Whole, attempt.File);
        Assert.Equal(what != "no ranges", attempt.Fetches[1].Headers.ContainsKey("Range"));
        Assert.DoesNotContain("Range", attempt.Fetches[^1].Headers.Keys.Where(_ => attempt.Fetches.Count > 2));
    }

    [Fact]
    public async Task A_download_continues_as_long_as_each_attempt_makes_progress()
    {
        const int piece = 3_000;
        int pieces = (Whole.Length / piece) + 1;
        Attempt attempt = await RunAsync(n =>
        {
            int from = (n - 1) * piece;
            return n == 1
                ? Reply.Partial(200, Whole, piece, ReplyEnd.Close, "Accept-Ranges: bytes", "ETag: \"v1\"")
                : Rest(from, Whole.Length, "ETag: \"v1\"", piece);
        });

        Assert.Equal(Whole, attempt.File);
        Assert.Equal(pieces, attempt.Fetches.Count);
    }

    [Fact]
    public async Task A_host_that_sends_a_byte_at_a_time_is_an_error()
    {
        Attempt attempt = await RunAsync(n => n == 1
            ? Reply.Partial(200, Whole, 1, ReplyEnd.Close, "Accept-Ranges: bytes", "ETag: \"v1\"")
            : Rest(n - 1, Whole.Length, "ETag: \"v1\"", sent: 1));

        Assert.Equal("DownloadFailed", Assert.IsType<EpPromoException>(attempt.Error).ErrorId);
        Assert.Equal(10, attempt.Fetches.Count);
    }

    [Fact]
    public async Task A_slow_but_steady_download_may_take_longer_than_the_call_timeout()
    {
        // Six pieces, each within the call timeout, together longer.
        Attempt attempt = await RunAsync(
            _ => Reply.Text(200, "text/csv", Whole) with { Pieces = 6, Pause = TimeSpan.FromMilliseconds(600) },
            options => options with { CallTimeout = TimeSpan.FromSeconds(2.5) });

        Assert.Equal(Whole, attempt.File);
        Assert.Single(attempt.Fetches);
    }

    [Fact]
    public async Task A_part_that_ends_too_early_is_not_the_whole_file()
    {
        Attempt attempt = await RunAsync(n => n switch
        {
            1 => Reply.Partial(200, Whole, 20_000, ReplyEnd.Close, "Accept-Ranges: bytes", "ETag: \"v1\""),
            2 => Reply.Text(
                206,
                "text/csv",
                Whole[20_000..25_000],
                string.Create(CultureInfo.InvariantCulture, $"Content-Range: bytes 20000-{Whole.Length - 1}/{Whole.Length}"),
                "ETag: \"v1\""),
            _ => Rest(25_000, Whole.Length, "ETag: \"v1\""),
        });

        Assert.Equal(Whole, attempt.File);
        Assert.Equal(3, attempt.Fetches.Count);
    }

    [Theory]
    [InlineData("expired link", 10)]
    [InlineData("broken", 10)]
    [InlineData("500", 10)]
    [InlineData("refused", 1)]
    [InlineData("redirect", 1)]
    public async Task A_lasting_failure_is_an_error_after_a_limited_number_of_attempts(string what, int fetches)
    {
        Attempt attempt = await RunAsync(_ => what switch
        {
            "expired link" => Reply.Empty(403),
            "broken" => Reply.Partial(200, Whole, 0, ReplyEnd.Close),
            "500" => Reply.Empty(500),
            "refused" => Reply.Empty(400),
            _ => Reply.Empty(302, "Location: http://127.0.0.1:1/"),
        });

        EpPromoException failed = Assert.IsType<EpPromoException>(attempt.Error);
        Assert.Equal(("DownloadFailed", ErrorKind.Unavailable), (failed.ErrorId, failed.Kind));
        Assert.DoesNotContain("Signature", failed.ToString(), StringComparison.Ordinal);
        Assert.Equal(fetches, attempt.Fetches.Count);
    }

    [Fact]
    public async Task A_file_without_a_length_is_complete_at_its_normal_end()
    {
        Attempt attempt = await RunAsync(_ => Reply.Unmeasured(200, Whole));

        Assert.Equal(Whole, attempt.File);
    }

    [Fact]
    public async Task A_file_that_is_compressed_unasked_is_decompressed()
    {
        using MemoryStream packed = new();
        using (GZipStream zip = new(packed, CompressionLevel.Fastest))
        {
            zip.Write(Encoding.UTF8.GetBytes(Whole));
        }

        Attempt attempt = await RunAsync(_ => Reply.Binary(200, "text/csv", packed.ToArray(), "Content-Encoding: gzip"));

        Assert.Equal(Whole, attempt.File);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("gzip, gzip")]
    [InlineData("gzip, br")]
    [InlineData("rot13")]
    public async Task A_response_in_an_unsupported_encoding_is_not_the_file(string encoding)
    {
        Attempt attempt = await RunAsync(_ => Reply.Binary(200, "text/csv", [1, 2, 3, 4, 5], $"Content-Encoding: {encoding}"));

        Assert.Equal("DownloadFailed", Assert.IsType<EpPromoException>(attempt.Error).ErrorId);
        Assert.Contains(encoding, attempt.Error.Message, StringComparison.Ordinal);
        Assert.Single(attempt.Fetches);
        Assert.Empty(attempt.File);
    }

    [Fact]
    public async Task The_identity_encoding_is_no_encoding()
    {
        Attempt attempt = await RunAsync(_ => Reply.Text(200, "text/csv", Whole, "Content-Encoding: identity"));

        Assert.Equal(Whole, attempt.File);
    }

    [Fact]
    public async Task An_error_of_the_destination_is_not_retried()
    {
        await using ScriptedOrigin files = new(_ => Reply.Text(200, "text/csv", Whole));
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Ok($$"""{"href":"{{files.BaseUri}}x"}""")));
        using TestStore store = new(origin.BaseUri);
        using FullDisk destination = new();

        IOException full = await Assert.ThrowsAsync<IOException>(
            () => store.Api.Jobs.DownloadJobFileAsync("p1", "j1", destination, TestStore.Cancel));

        Assert.Equal("No room.", full.Message);
        Assert.Single(files.Requests);
    }

    [Fact]
    public async Task A_job_without_a_file_is_an_error_of_its_own()
    {
        await using ScriptedOrigin origin = new(TestStore.WithToken(
            _ => Reply.Error(422, "Unprocessable Entity", "Job has no file to download. Job status: processing")));
        using TestStore store = new(origin.BaseUri);
        using MemoryStream file = new();

        ApiException refused = await Assert.ThrowsAsync<ApiException>(
            () => store.Api.Jobs.DownloadJobFileAsync("p1", "j1", file, TestStore.Cancel));

        Assert.Equal("JobHasNoFile", refused.ErrorId);
    }

    private static Reply Rest(int from, int total, string validator, int? sent = null)
    {
        string rest = Whole[Math.Min(from, Whole.Length)..];
        string range = string.Create(CultureInfo.InvariantCulture, $"Content-Range: bytes {from}-{total - 1}/{total}");
        ReplyEnd end = sent < rest.Length ? ReplyEnd.Close : ReplyEnd.KeepOpen;
        return Reply.Partial(206, rest, Math.Min(sent ?? rest.Length, rest.Length), end, range, validator);
    }

    private static Task<Attempt> RunAsync(Func<int, Reply> respond, Func<StoreOptions, StoreOptions>? change = null) =>
        RunAsync((n, _) => respond(n), change);

    private static async Task<Attempt> RunAsync(Func<int, RecordedRequest, Reply> respond, Func<StoreOptions, StoreOptions>? change = null)
    {
        int fetches = 0;
        int links = 0;
        await using ScriptedOrigin files = new(request => respond(Interlocked.Increment(ref fetches), request));
        await using ScriptedOrigin origin = new(TestStore.WithToken(_ => Reply.Ok(
            $$"""{"href":"{{files.BaseUri}}p1/j1_codes.csv?Signature=s~1%2B&n={{Interlocked.Increment(ref links)}}"}""")));
        using TestStore store = new(origin.BaseUri, change);
        using MemoryStream file = new();
        Exception? error = await Record.ExceptionAsync(() => store.Api.Jobs.DownloadJobFileAsync("p1", "j1", file, TestStore.Cancel));
        Assert.DoesNotContain(store.Lines, line => line.Contains("Signature", StringComparison.Ordinal));
        Assert.All(files.Requests, fetch => Assert.Null(fetch.Authorization));
        if (error is not null and not EpPromoException)
        {
            throw new InvalidOperationException("Not an error of ours.", error);
        }

        return new Attempt(Encoding.UTF8.GetString(file.ToArray()), files.Requests, links, error);
    }

    private sealed record Attempt(string File, IReadOnlyList<RecordedRequest> Fetches, int Links, Exception? Error);

    private sealed class FullDisk : MemoryStream
    {
        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            throw new IOException("No room.");
    }
}
