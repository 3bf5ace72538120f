using EpPromo.Bench.Measuring;
using EpPromo.Bench.Rows.CreateJobs;
using EpPromo.Bench.Rows.ExportFile;
using EpPromo.Bench.Rows.ImportModule;
using EpPromo.Bench.Rows.ListJobs;
using EpPromo.Bench.Rows.MergeCodes;
using EpPromo.Bench.Rows.ReceiveCodes;
using EpPromo.Bench.Rows.RequestCodes;

namespace EpPromo.Bench;

/// <summary>All benchmarks, in the order of the table.</summary>
internal static class Benchmarks
{
    public static IReadOnlyList<Benchmark> All { get; } =
    [
        ListJobs.TenThousandWithLatency,
        ListJobs.TenThousand,
        ListJobs.Hundred,
        ReceiveCodes.Million,
        new CollectCodes(),
        ReceiveCodes.TenThousand,
        new ExportFile(),
        new ImportModule(),
        new CreateJobs(),
        new CreateJobsByPipeline(),
        .. MergeCodes.All,
        RequestCodes.TwoHundred,
        RequestCodes.ShortJobs,
        new RequestManyCodes(),
    ];
}
