using System.Net;
using BenchmarkDotNet.Attributes;
using EpPromo.Bench.StaticServer;

namespace EpPromo.Benchmarks;

/// <summary>Reads a page of 100 jobs: the request without the network, and the objects.</summary>
public class JobPage : IDisposable
{
    private readonly CannedStore _store = new(HttpStatusCode.OK, new JobPages(10_000).Page(offset: 0, limit: 100));

    /// <summary>Reads one page.</summary>
    [Benchmark]
    public async Task<int> List() =>
        (await _store.Api.Jobs.ListJobsAsync(Bench.StaticServer.Promotions.WithJobs, jobType: null, offset: 0, CancellationToken.None)).Items.Count;

    /// <inheritdoc/>
    public void Dispose()
    {
        _store.Dispose();
        GC.SuppressFinalize(this);
    }
}
