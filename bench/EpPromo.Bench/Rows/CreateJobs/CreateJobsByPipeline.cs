using System.Diagnostics;
using System.Globalization;
using EpPromo.Bench.Measuring;
using EpPromo.Bench.Processes;

namespace EpPromo.Bench.Rows.CreateJobs;

/// <summary>New-EpPromotionJob by pipeline, on many promotions, beside a bare HttpClient that sends 16 requests at the same time.</summary>
internal sealed class CreateJobsByPipeline : Benchmark
{
    private const int Jobs = 1000;
    private const int Repetitions = 15;

    /// <summary>After about 45,000 creates, the runtime has optimized all of the code.</summary>
    private const int WarmUps = 45;

    public override string Name => "create-pipeline";

    public override IReadOnlyList<Row> Rows { get; } =
        [new("1,000 warm creates by pipeline", "a bare HttpClient, 16 at once", Target.OursOverPeer(1.3))];

    /// <summary>How the module's contender is started.</summary>
    public static ProcessStartInfo Ours(StaticStore store, int jobs) => Pwsh.ModuleScript(
        "Rows/CreateJobs/create-jobs.ps1", store.Environment, StaticStore.Promotion, jobs.ToString(CultureInfo.InvariantCulture), "pipeline");

    public override async Task<IReadOnlyList<Result>> MeasureAsync()
    {
        using StaticStore store = await StaticStore.StartAsync();
        using BareHttpClient httpClient = new(store.Address, StaticStore.Promotion, Jobs, atOnce: 16);
        await using ProcessContender ours = await ProcessContender.StartAsync(Ours(store, Jobs));
        IReadOnlyList<Laps> laps = await Rounds.RunWarmAsync(WarmUps, Repetitions, ours, httpClient);
        return [Rows[0].Measured(laps[0].Seconds, laps[1].Seconds)];
    }
}
