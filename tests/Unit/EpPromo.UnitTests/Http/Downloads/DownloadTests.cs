using System.Globalization;
using System.IO.Compression;
using System.Text;
using EpPromo.Stores;

namespace EpPromo.UnitTests.Http.Downloads;

/// <summary>The file of an export comes whole or not at all, however often links die and connections break.</summary>
public sealed class DownloadTests
{
    private static readonly string Whole = "code\n" + string.Concat(Enumerable.Range(0, 5_000).Select(i => $"summer-{i:0000}\n"));

    [Fact]
    public async Task A_file_is_fetched_from_its_link()
    {
        Trial trial = await RunAsync(_ => Reply.Text(200, "text/csv", Whole));

        Assert.Equal(Whole, trial.File);
        Assert.Single(trial.Fetches);
        Assert.Equal("identity", trial.Fetches[0].Headers["Accept-Encoding"]);
        Assert.Equal("/p1/j1_codes.csv?Signature=s~1%2B&n=1", trial.Fetches[0].Target);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    public async Task A_link_that_died_is_asked_for_again(int status)
    {
        Trial trial = await RunAsync(n => n == 1 ? Reply.Text(status, "application/xml", "<Error/>") : Reply.Text(200, "text/csv", Whole));

        Assert.Equal(Whole, trial.File);
        Assert.Equal(2, trial.Links);
        Assert.EndsWith("n=2", trial.Fetches[1].Target, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ETag: \"v1\"", "\"v1\"")]
    [InlineData("Last-Modified: Tue, 01 Jan 2019 00:00:00 GMT", "Tue, 01 Jan 2019 00:00:00 GMT")]
    public async Task A_broken_download_goes_on_where_it_was(string validator, string ifRange)
    {
        Trial trial = await RunAsync(n => n == 1
            ? Reply.Partial(200, Whole, 20_000, ReplyEnd.Close, "Accept-Ranges: bytes", validator)
            : Rest(20_000, Whole.Length, validator));

        Assert.Equal(Whole, trial.File);
        Assert.Equal(1, trial.Links);
        Assert.StartsWith("bytes=", trial.Fetches[1].Headers["Range"], StringComparison.Ordinal);
        Assert.Equal(ifRange, trial.Fetches[1].Headers.GetValueOrDefault("If-Range"));
    }

    [Theory]
    [InlineData("X-Nothing: to compare", "X-Nothing: to compare")]
    [InlineData("ETag: W/\"v1\"", "ETag: W/\"v1\"")]
    [InlineData("ETag: \"v1\"", "ETag: W/\"v1\"")]
    [InlineData("ETag: \"v1\"", "X-Nothing: to compare")]
    [InlineData("Last-Modified: Tue, 01 Jan 2019 00:00:00 GMT", "Last-Modified: Tue, 01 Jan 2019 00:00:01 GMT")]
    [InlineData("Last-Modified: Tue, 01 Jan 2019 00:00:00 GMT", "X-Nothing: to compare")]
    public async Task Two_files_of_one_length_are_never_joined(string first, string second)
    {
        string other = new('x', Whole.Length);
        Trial trial = await RunAsync((n, request) => n == 1
            ? Reply.Partial(200, other, 20_000, ReplyEnd.Close, "Accept-Ranges: bytes", first)
            : request.Headers.ContainsKey("Range") ? Rest(20_000, Whole.Length, second)
            : Reply.Text(200, "text/csv", Whole, second));

        Assert.Equal(Whole, trial.File);
    }

    [Theory]
    [InlineData("ETag: \"v1\"", true)]
    [InlineData("Last-Modified: Tue, 01 Jan 2019 00:00:00 GMT", false)]
    public async Task Behind_a_new_link_it_goes_on_only_with_a_tag(string validator, bool goesOn)
    {
        Trial trial = await RunAsync((n, request) => n switch
        {
            1 => Reply.Partial(200, Whole, 20_000, ReplyEnd.Close, "Accept-Ranges: bytes", validator),
            2 => Reply.Empty(403),
            _ => request.Headers.ContainsKey("Range") ? Rest(20_000, Whole.Length, validator) : Reply.Text(200, "text/csv", Whole, validator),
        });

        Assert.Equal(Whole, trial.File);
        Assert.Equal(2, trial.Links);
        Assert.Equal(goesOn, trial.Fetches[2].Headers.ContainsKey("Range"));
    }

    [Fact]
    public async Task A_download_that_stands_still_goes_on_where_it_was()
    {
        Trial trial = await RunAsync(
            n => n == 1
                ? Reply.Partial(200, Whole, 20_000, ReplyEnd.Stall, "Accept-Ranges: bytes", "ETag: \"v1\"")
                : Rest(20_000, Whole.Length, "ETag: \"v1\""),
            options => options with { IdleTimeout = TimeSpan.FromSeconds(1) });

        Assert.Equal(Whole, trial.File);
        Assert.Equal(2, trial.Fetches.Count);
    }

    [Theory]
    [InlineData("no ranges")]
    [InlineData("file changed")]
    [InlineData("other length")]
    [InlineData("other tag")]
    [InlineData("wrong place")]
    [InlineData("not satisfiable")]
    public async Task Where_it_cannot_go_on_it_begins_again(string what)
    {
        string accept = what == "no ranges" ? "X-Ranges: none" : "Accept-Ranges: bytes";
        Trial trial = await RunAsync(n => n switch
        {
            1 => Reply.Partial(200, "old" + Whole[3..], 20_000, ReplyEnd.Close, accept, "ETag: \"v1\""),
            2 when what == "other length" => Rest(20_000, Whole.Length + 5, "ETag: \"v1\""),
            2 when what == "other tag" => Rest(20_000, Whole.Length, "ETag: \"v2\""),
            2 when what == "wrong place" => Rest(19_000, Whole.Length, "ETag: \"v1\""),
            2 when what == "not satisfiable" => Reply.Empty(416),
            _ => Reply.Text(200, "text/csv", Whole, accept, "ETag: \"v2\""),
        });

        Assert.Equal(Whole, trial.File);
        Assert.Equal(what != "no ranges", trial.Fetches[1].Headers.ContainsKey("Range"));
        Assert.DoesNotContain("Range", trial.Fetches[^1].Headers.Keys.Where(_ => trial.Fetches.Count > 2));
    }

    [Fact]
    public async Task Every_piece_that_comes_is_progress_however_often_it_breaks()
    {
        const int piece = 3_000;
        int pieces = (Whole.Length / piece) + 1;
        Trial trial = await RunAsync(n =>
        {
            int from = (n - 1) * piece;
            return n == 1
                ? Reply.Partial(200, Whole, piece, ReplyEnd.Close, "Accept-Ranges: bytes", "ETag: \"v1\"")
                : Rest(from, Whole.Length, "ETag: \"v1\"", piece);
        });

        Assert.Equal(Whole, trial.File);
        Assert.Equal(pieces, trial.Fetches.Count);
    }

    [Fact]
    public async Task A_host_that_drips_is_given_up()
    {
        Trial trial = await RunAsync(n => n == 1
            ? Reply.Partial(200, Whole, 1, ReplyEnd.Close, "Accept-Ranges: bytes", "ETag: \"v1\"")
            : Rest(n - 1, Whole.Length, "ETag: \"v1\"", sent: 1));

        Assert.Equal("DownloadFailed", Assert.IsType<EpPromoException>(trial.Error).ErrorId);
        Assert.Equal(10, trial.Fetches.Count);
    }

    [Fact]
    public async Task A_file_that_comes_slowly_but_steadily_may_take_longer_than_a_call()
    {
        // Six pieces, each in less than a call's time, all of them together in more.
        Trial trial = await RunAsync(
            _ => Reply.Text(200, "text/csv", Whole) with { Pieces = 6, Pause = TimeSpan.FromMilliseconds(600) },
            options => options with { CallTimeout = TimeSpan.FromSeconds(2.5) });

        Assert.Equal(Whole, trial.File);
        Assert.Single(trial.Fetches);
    }

    [Fact]
    public async Task A_part_that_ends_well_but_too_early_is_not_the_whole_file()
    {
        Trial trial = await RunAsync(n => n switch
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

        Assert.Equal(Whole, trial.File);
        Assert.Equal(3, trial.Fetches.Count);
    }

    [Theory]
    [InlineData("dead link", 10)]
    [InlineData("broken", 10)]
    [InlineData("500", 10)]
    [InlineData("refused", 1)]
    [InlineData("redirect", 1)]
    public async Task What_lasts_is_an_error_and_ends(string what, int fetches)
    {
        Trial trial = await RunAsync(_ => what switch
        {
            "dead link" => Reply.Empty(403),
            "broken" => Reply.Partial(200, Whole, 0, ReplyEnd.Close),
            "500" => Reply.Empty(500),
            "refused" => Reply.Empty(400),
            _ => Reply.Empty(302, "Location: http://127.0.0.1:1/"),
        });

        EpPromoException failed = Assert.IsType<EpPromoException>(trial.Error);
        Assert.Equal(("DownloadFailed", ErrorKind.Unavailable), (failed.ErrorId, failed.Kind));
        Assert.DoesNotContain("Signature", failed.ToString(), StringComparison.Ordinal);
        Assert.Equal(fetches, trial.Fetches.Count);
    }

    [Fact]
    public async Task A_file_without_a_length_is_taken_at_its_normal_end()
    {
        Trial trial = await RunAsync(_ => Reply.Unmeasured(200, Whole));

        Assert.Equal(Whole, trial.File);
    }

    [Fact]
    public async Task A_file_that_comes_packed_unasked_is_unpacked()
    {
        using MemoryStream packed = new();
        using (GZipStream zip = new(packed, CompressionLevel.Fastest))
        {
            zip.Write(Encoding.UTF8.GetBytes(Whole));
        }

        Trial trial = await RunAsync(_ => Reply.Binary(200, "text/csv", packed.ToArray(), "Content-Encoding: gzip"));

        Assert.Equal(Whole, trial.File);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("gzip, gzip")]
    [InlineData("gzip, br")]
    [InlineData("rot13")]
    public async Task What_comes_in_an_unknown_encoding_is_not_the_file(string encoding)
    {
        Trial trial = await RunAsync(_ => Reply.Binary(200, "text/csv", [1, 2, 3, 4, 5], $"Content-Encoding: {encoding}"));

        Assert.Equal("DownloadFailed", Assert.IsType<EpPromoException>(trial.Error).ErrorId);
        Assert.Contains(encoding, trial.Error.Message, StringComparison.Ordinal);
        Assert.Single(trial.Fetches);
        Assert.Empty(trial.File);
    }

    [Fact]
    public async Task A_file_that_is_said_to_be_itself_is_taken()
    {
        Trial trial = await RunAsync(_ => Reply.Text(200, "text/csv", Whole, "Content-Encoding: identity"));

        Assert.Equal(Whole, trial.File);
    }

    [Fact]
    public async Task A_destination_that_fails_is_not_the_networks_fault()
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
    public async Task A_job_without_a_file_says_so()
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

    private static Task<Trial> RunAsync(Func<int, Reply> answer, Func<StoreOptions, StoreOptions>? change = null) =>
        RunAsync((n, _) => answer(n), change);

    private static async Task<Trial> RunAsync(Func<int, RecordedRequest, Reply> answer, Func<StoreOptions, StoreOptions>? change = null)
    {
        int fetches = 0;
        int links = 0;
        await using ScriptedOrigin files = new(request => answer(Interlocked.Increment(ref fetches), request));
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

        return new Trial(Encoding.UTF8.GetString(file.ToArray()), files.Requests, links, error);
    }

    private sealed record Trial(string File, IReadOnlyList<RecordedRequest> Fetches, int Links, Exception? Error);

    private sealed class FullDisk : MemoryStream
    {
        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            throw new IOException("No room.");
    }
}
