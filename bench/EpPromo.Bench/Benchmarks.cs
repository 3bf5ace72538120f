using EpPromo.Bench.Measuring;
using EpPromo.Bench.Rows.CreateJobs;
using EpPromo.Bench.Rows.ExportFile;
using EpPromo.Bench.Rows.Growth;
using EpPromo.Bench.Rows.ImportModule;
using EpPromo.Bench.Rows.ListJobs;
using EpPromo.Bench.Rows.MergeCodes;
using EpPromo.Bench.Rows.ReceiveCodes;
using EpPromo.Bench.Rows.RequestCodes;
using EpPromo.Bench.Rows.WaitForJobs;

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
        new MergeCodes(),
        .. Growth.All,
        WaitForJob.WithoutHistory,
        WaitForJob.WithHistory,
        WaitForJob.Short,
        new WaitForManyJobs(),
        new RequestFewCodes(),
        RequestCodes.TwoHundred,
        RequestCodes.ShortJobs,
        new RequestManyCodes(),
    ];
}
