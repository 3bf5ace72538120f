using System.Globalization;
using EpPromo.Bench.Measuring;
using EpPromo.Bench.Processes;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;

namespace EpPromo.Bench.Rows.WaitForJobs;

/// <summary>
/// Wait-EpPromotionJob for a thousand jobs in a store that processes 50 at a time, so that the requests are much fewer than the jobs: how long
/// the command takes, beside the time that the jobs take if the store is never idle, and how long after its end each job is emitted.
/// </summary>
internal sealed class WaitForManyJobs : Benchmark
{
    private const int Jobs = 1000;
    private const int ConcurrentJobs = 50;
    private const double JobSeconds = 20;

    public override string Name => "wait-1000-jobs";

    public override IReadOnlyList<Row> Rows { get; } =
    [
        new("1,000 jobs of 20 s, 50 at once, at 25 requests/s", "lower bound", Target.OursOverPeer(1.02)),
        new("from the end of a job to its emission: median", "", Target.AtMost(1.5, Unit.Seconds)),
        new("the same: 95 %", "", Target.AtMost(4, Unit.Seconds)),
    ];

    public override bool MostlyWaits => true;

    public override async Task<IReadOnlyList<Result>> MeasureAsync()
    {
        await using SandboxServer store = await SandboxServer.StartAsync(new SandboxOptions
        {
            IncludeSeedData = false,
            ConcurrentJobs = ConcurrentJobs,
            BaseJobDuration = TimeSpan.FromSeconds(JobSeconds),
            DurationPerCode = TimeSpan.Zero,
        });
        using TemporaryFolder folder = new();
        string promotions = folder.File("promotions.txt");
        await File.WriteAllLinesAsync(promotions, Enumerable.Range(0, Jobs).Select(number => store.Store.AddPromotion($"P{number}").Id));
        using ChildProcess process = ChildProcess.Start(
            Pwsh.ModuleScript("Rows/WaitForJobs/wait-for-many-jobs.ps1", store.EnvironmentVariables, promotions));
        ProcessResult result = await process.WaitAsync(CancellationToken.None);
        if (result.ExitCode != 0 || result.Output.Count != Jobs + 1)
        {
            throw new InvalidOperationException(result.Text);
        }

        double[] numbers = [.. result.Output.Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
        double[] delays = [.. numbers.Skip(1).Order()];
        return
        [
            Rows[0].Measured(Seconds(numbers[0]), Seconds(Jobs * JobSeconds / ConcurrentJobs)),
            Rows[1].Measured(Seconds(Series.MedianOf(delays))),
            Rows[2].Measured(Seconds(delays[(int)(0.95 * delays.Length)])),
        ];
    }

    private static Series Seconds(double seconds) => new(Unit.Seconds, [seconds]);
}
