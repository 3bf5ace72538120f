using EpPromo.Bench.Measuring;

namespace EpPromo.Bench.Rows.RequestCodes;

/// <summary>
/// Request-EpPromotionCode on a thousand promotions beside ten: whether the requests and the memory for each promotion grow with their number. A
/// process that ends after seconds has not reached its full size, whatever it works on: its code is compiled again, and its pools grow. So
/// the memory is judged by a process that makes as many codes on ten promotions.
/// </summary>
internal sealed class RequestManyCodes : Benchmark
{
    public override string Name => "run-1000x2500";

    public override IReadOnlyList<Row> Rows { get; } =
    [
        new("1,000 promotions × 2,500 codes at 100 requests/s", "lower bound", Target.OursOverPeer(1.10)),
        new("requests for 1000 of these codes", "10 promotions × 2,500 codes", Target.OursOverPeer(1.10)),
        new("the same", "10 promotions × 250,000 codes", Target.OursOverPeer()),
        new("10 promotions × 2,500 codes at 100 requests/s", "lower bound", Target.OursOverPeer()),
        new("10 promotions × 250,000 codes at 100 requests/s", "lower bound", Target.OursOverPeer()),
        new("peak memory of 1,000 promotions × 2,500 codes", "10 promotions × 250,000 codes", Target.OursOverPeer(1.15)),
        new("the same", "10 promotions × 2,500 codes", Target.OursOverPeer()),
        new("live memory of it", "10 promotions × 2,500 codes", Target.OursOverPeer()),
        new("live memory of it over that of 10 promotions × 250,000", "", Target.AtMost(5e6, Unit.Megabytes)),
    ];

    public override bool MostlyWaits => true;

    public override async Task<IReadOnlyList<Result>> MeasureAsync()
    {
        Measurement few = await ScenarioRun.RunAsync(Scenario.Few);
        Measurement fewLong = await ScenarioRun.RunAsync(Scenario.FewLong);
        Measurement thousand = await ScenarioRun.RunAsync(Scenario.Thousand);
        return
        [
            Rows[0].Measured(thousand.Seconds, thousand.BoundSeconds),
            Rows[1].Measured(thousand.RequestsPer1000, few.RequestsPer1000),
            Rows[2].Measured(thousand.RequestsPer1000, fewLong.RequestsPer1000),
            Rows[3].Measured(few.Seconds, few.BoundSeconds),
            Rows[4].Measured(fewLong.Seconds, fewLong.BoundSeconds),
            Rows[5].Measured(thousand.PeakBytes, fewLong.PeakBytes),
            Rows[6].Measured(thousand.PeakBytes, few.PeakBytes),
            Rows[7].Measured(thousand.LiveBytes, few.LiveBytes),
            Rows[8].Measured(Bytes(thousand.LiveMemory - fewLong.LiveMemory)),
        ];
    }

    private static Series Bytes(long bytes) => new(Unit.Megabytes, [bytes]);
}
