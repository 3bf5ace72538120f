using EpPromo.Bench.Measuring;

namespace EpPromo.Bench.Rows.RequestCodes;

/// <summary>Request-EpPromotionCode on twenty promotions beside the loops that people write by hand. Those do not continue after an error.</summary>
internal sealed class RequestFewCodes : Benchmark
{
    private const int Repetitions = 3;

    public override string Name => "run-20x2500";

    public override IReadOnlyList<Row> Rows { get; } =
    [
        new("20 promotions × 2,500 codes at 25 requests/s", "lower bound", Target.OursOverPeer(1.10)),
        new("the same", "a parallel loop", Target.PeerOverOurs(1)),
        new("the same", "a plain loop", Target.PeerOverOurs(1)),
    ];

    public override bool MostlyWaits => true;

    public override async Task<IReadOnlyList<Result>> MeasureAsync()
    {
        Scenario scenario = Scenario.Twenty;
        Task<double> plainLoop = LoopRun.RunAsync(scenario, parallel: false);
        List<double> ours = [];
        List<double> parallelLoop = [];
        for (int round = 0; round < Repetitions; round++)
        {
            ours.Add((await ScenarioRun.RunAsync(scenario)).Elapsed.TotalSeconds);
            parallelLoop.Add(await LoopRun.RunAsync(scenario, parallel: true));
        }

        return
        [
            Rows[0].Measured(Seconds(ours), Seconds([scenario.LowerBound.TotalSeconds])),
            Rows[1].Measured(Seconds(ours), Seconds(parallelLoop)),
            Rows[2].Measured(Seconds(ours), Seconds([await plainLoop])),
        ];
    }

    private static Series Seconds(IReadOnlyList<double> values) => new(Unit.Seconds, values);
}
