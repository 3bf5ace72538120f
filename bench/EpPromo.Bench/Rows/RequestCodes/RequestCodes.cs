using EpPromo.Bench.Measuring;

namespace EpPromo.Bench.Rows.RequestCodes;

/// <summary>
/// Request-EpPromotionCode against a store of a given speed, beside the lower bound: the time that the jobs take if the store is never idle, or
/// that two requests for each job take at its rate.
/// </summary>
internal sealed class RequestCodes(string name, Scenario scenario, string work, Target target) : Benchmark
{
    private const double MaxRequestsPer1000 = 6;
    private const double MaxMemory = 200e6;

    public override string Name => name;

    public override IReadOnlyList<Row> Rows { get; } =
    [
        new(work, "lower bound", target),
        new("requests for 1000 of these codes", "", Target.AtMost(MaxRequestsPer1000, Unit.Requests)),
        new("peak memory of it", "", Target.AtMost(MaxMemory, Unit.Megabytes)),
    ];

    public override bool MostlyWaits => true;

    public static RequestCodes TwoHundred { get; } = new(
        "run-200x2500", Scenario.Full, "200 promotions × 2,500 codes at 25 requests/s", Target.OursOverPeer(1.10));

    public static RequestCodes ShortJobs { get; } = new(
        "run-short-jobs", Scenario.ShortJobs, "40 promotions × 2,500 codes, jobs of 0.2 s, at 25 requests/s", Target.OursOverPeer(1.20));

    public override async Task<IReadOnlyList<Result>> MeasureAsync()
    {
        Measurement measured = await ScenarioRun.RunAsync(scenario);
        return
        [
            Rows[0].Measured(measured.Seconds, measured.BoundSeconds),
            Rows[1].Measured(measured.RequestsPer1000),
            Rows[2].Measured(measured.PeakBytes),
        ];
    }
}
