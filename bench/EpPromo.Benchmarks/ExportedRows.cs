using System.Net;
using BenchmarkDotNet.Attributes;
using EpPromo.Bench.StaticServer;

namespace EpPromo.Benchmarks;

/// <summary>Reads the rows of an export.</summary>
public class ExportedRows : IDisposable
{
    private const int Rows = 100_000;

    private readonly CannedStore _store = new(HttpStatusCode.OK, []);
    private readonly byte[] _file = ExportFile.Create(Rows);
    private readonly PromotionJob _job = new() { JobId = "job", PromotionId = "promotion", JobType = JobTypes.Export, Name = "", Status = "completed" };

    /// <summary>Reads all rows.</summary>
    [Benchmark(OperationsPerInvoke = Rows)]
    public int Read() => _store.Connection.ExportFiles.ReadRows(new MemoryStream(_file), _job).Count();

    /// <inheritdoc/>
    public void Dispose()
    {
        _store.Dispose();
        GC.SuppressFinalize(this);
    }
}
