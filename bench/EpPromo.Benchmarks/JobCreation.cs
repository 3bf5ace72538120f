using System.Net;
using System.Text;
using BenchmarkDotNet.Attributes;
using EpPromo.Bench.StaticServer;
using EpPromo.Jobs;

namespace EpPromo.Benchmarks;

/// <summary>Creates a job: the body, the request without the network, and the response.</summary>
public class JobCreation : IDisposable
{
    private const string Promotion = Bench.StaticServer.Promotions.WithJobs;

    private readonly CannedStore _store = new(HttpStatusCode.Created, Encoding.UTF8.GetBytes(JobJson.Created(Promotion, 1)));
    private readonly NewJob _job = new() { JobType = JobTypes.Generate, Name = "Newsletter", NumberOfCodes = 100, MaxUsesPerCode = 1, CodePrefix = "summer" };

    /// <summary>Creates one job.</summary>
    [Benchmark]
    public async Task<string> Create() => (await _store.Api.Jobs.CreateJobAsync(Promotion, _job, CancellationToken.None)).JobId;

    /// <inheritdoc/>
    public void Dispose()
    {
        _store.Dispose();
        GC.SuppressFinalize(this);
    }
}
