using EpPromo.Bench.Measuring;
using EpPromo.ScriptHost;

namespace EpPromo.Bench.Rows.ImportModule;

/// <summary>Import-Module in a new process, beside that of a module with nothing in it.</summary>
internal sealed class ImportModule : Benchmark
{
    private const int Repetitions = 21;

    public override string Name => "import";

    public override IReadOnlyList<Row> Rows { get; } = [new("import in a new process", "an empty module", Target.OursOverPeer(1.25))];

    public override async Task<IReadOnlyList<Result>> MeasureAsync()
    {
        string empty = Path.Combine(AppContext.BaseDirectory, "Rows", "ImportModule", "EmptyModule", "EmptyModule.psd1");
        IReadOnlyList<Laps> laps = await Rounds.RunAsync(Repetitions, new ImportContender(RepositoryFolder.Manifest), new ImportContender(empty));
        return [Rows[0].Measured(laps[0].Milliseconds, laps[1].Milliseconds)];
    }
}
