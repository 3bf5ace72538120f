using EpPromo.ScriptHost;
using EpPromo.UnitTests.Http;

namespace EpPromo.FrameworkTests;

/// <summary>Files that their host sends as gzip without a length: .NET Framework reads only the first member, and takes a file that is cut off for whole.</summary>
public sealed class GZipTests
{
    private static readonly string s_text = "code\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"summer-{i * 7919 % 100_003}\n"));
    private static readonly byte[] s_file = Reply.Compress(s_text);

    [Fact]
    public async Task A_file_of_one_member_is_read()
    {
        (ProcessResult result, int fetches) = await DownloadAsync(_ => s_file);

        Assert.Equal((0, $"{s_text.Length} bytes", 1), (result.ExitCode, result.Output[0], fetches));
    }

    /// <summary>In its header, somewhere, and within the check sum and the length at the end.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(1000)]
    [InlineData(40_000)]
    [InlineData(-6)]
    [InlineData(-1)]
    public async Task A_file_that_is_cut_off_is_fetched_again(int length)
    {
        byte[] start = s_file[..(length < 0 ? s_file.Length + length : length)];

        (ProcessResult result, int fetches) = await DownloadAsync(fetch => fetch == 1 ? start : s_file);

        Assert.Equal((0, $"{s_text.Length} bytes", 2), (result.ExitCode, result.Output[0], fetches));
    }

    [Fact]
    public async Task A_file_that_is_always_cut_off_is_an_error_that_says_so()
    {
        (ProcessResult result, int fetches) = await DownloadAsync(_ => s_file[..1000]);

        Assert.Equal((1, "DownloadFailed"), (result.ExitCode, result.Output[0]));
        Assert.Contains("cut off", result.Output[1], StringComparison.Ordinal);
        Assert.True(fetches > 1, $"{fetches} requests");
    }

    /// <summary>The host would send the same again.</summary>
    [Fact]
    public async Task A_file_of_several_members_is_an_error_that_says_so()
    {
        (ProcessResult result, int fetches) = await DownloadAsync(_ => [.. s_file, .. s_file]);

        Assert.Equal((1, "DownloadFailed", 1), (result.ExitCode, result.Output[0], fetches));
        Assert.Contains("several parts", result.Output[1], StringComparison.Ordinal);
    }

    /// <summary>Downloads a file.</summary>
    /// <param name="respond">What the host sends, by the number of the request, from 1.</param>
    /// <returns>What the client did, and how many requests the host got.</returns>
    private static async Task<(ProcessResult Result, int Fetches)> DownloadAsync(Func<int, byte[]> respond)
    {
        int fetches = 0;
        await using ScriptedOrigin host = new(_ => Reply.Unmeasured(200, respond(Interlocked.Increment(ref fetches)), "Content-Encoding: gzip"));
        await using ScriptedOrigin store = new(request => Reply.Ok(request.IsToken ? Reply.TokenJson : $$"""{"href":"{{host.BaseUri}}codes.csv"}"""));
        return (await FrameworkClient.RunAsync("download", store.BaseUri, "secret"), fetches);
    }
}
