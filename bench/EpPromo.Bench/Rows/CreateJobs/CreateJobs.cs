using System.Globalization;
using EpPromo.Bench.Measuring;
using EpPromo.Bench.Processes;

namespace EpPromo.Bench.Rows.CreateJobs;

/// <summary>New-EpPromotionJob, call after call, beside a bare HttpClient and Invoke-RestMethod.</summary>
internal sealed class CreateJobs : Benchmark
{
    private const int Jobs = 500;
    private const int Repetitions = 11;

    /// <summary>After about 20,000 creates, the runtime has optimized all of the code.</summary>
    private const int WarmUps = 40;

    public override string Name => "create-calls";

    public override IReadOnlyList<Row> Rows { get; } =
    [
        new("a warm create, call after call", "a bare HttpClient", Target.OursOverPeer(2)),
        new("the same", "Invoke-RestMethod", Target.PeerOverOurs(1)),
    ];

    public override async Task<IReadOnlyList<Result>> MeasureAsync()
    {
        using StaticStore store = await StaticStore.StartAsync();
        string count = Jobs.ToString(CultureInfo.InvariantCulture);
        using BareHttpClient httpClient = new(store.Address, StaticStore.Promotion, Jobs, atOnce: 1);
        await using ProcessContender ours = await ProcessContender.StartAsync(
            Pwsh.ModuleScript("Rows/CreateJobs/create-jobs.ps1", store.Environment, StaticStore.Promotion, count, "calls"));
        await using ProcessContender restMethod = await ProcessContender.StartAsync(
            Pwsh.Script("Rows/CreateJobs/invoke-restmethod.ps1", store.Address, StaticStore.Promotion, count));
        IReadOnlyList<Laps> laps = await Rounds.RunWarmAsync(WarmUps, Repetitions, ours, httpClient, restMethod);
        return
        [
            Rows[0].Measured(laps[0].MillisecondsPer(Jobs), laps[1].MillisecondsPer(Jobs)),
            Rows[1].Measured(laps[0].MillisecondsPer(Jobs), laps[2].MillisecondsPer(Jobs)),
        ];
    }
}
