using System.Text;
using EpPromo.Stores;

namespace EpPromo.UnitTests.Http.Downloads;

/// <summary>A download of a test file whose host responds as scripted.</summary>
/// <param name="File">What was written.</param>
/// <param name="Fetches">The requests to the file host.</param>
/// <param name="Links">How many links were requested.</param>
/// <param name="Error">Why the download failed, or null.</param>
internal sealed record TestDownload(string File, IReadOnlyList<RecordedRequest> Fetches, int Links, Exception? Error)
{
    /// <summary>The file on the host.</summary>
    public static readonly string WholeFile = "code\n" + string.Concat(Enumerable.Range(0, 5_000).Select(i => $"summer-{i:0000}\n"));

    /// <summary>Downloads the file. <c>respond</c> gets the number of the request to the file host, from 1.</summary>
    public static Task<TestDownload> RunAsync(Func<int, Reply> respond, Func<StoreOptions, StoreOptions>? change = null) =>
        RunAsync((n, _) => respond(n), change);

    public static async Task<TestDownload> RunAsync(Func<int, RecordedRequest, Reply> respond, Func<StoreOptions, StoreOptions>? change = null)
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
            throw new InvalidOperationException("Not an EpPromoException.", error);
        }

        return new TestDownload(Encoding.UTF8.GetString(file.ToArray()), files.Requests, links, error);
    }
}
