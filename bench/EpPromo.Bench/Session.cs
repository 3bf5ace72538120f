using System.Diagnostics;
using EpPromo.Bench.Measuring;

namespace EpPromo.Bench;

/// <summary>Measures benchmarks and collects their results.</summary>
internal sealed class Session
{
    /// <summary>How many benchmarks that mostly wait share the machine.</summary>
    private const int MaxWaiting = 5;

    private readonly Dictionary<Benchmark, IReadOnlyList<Result>> _results = [];
    private readonly List<string> _failures = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    /// <summary>The results so far, each with the name of its benchmark.</summary>
    public IEnumerable<(string Name, Result Result)> Results =>
        from benchmark in Benchmarks.All
        where _results.ContainsKey(benchmark)
        from result in _results[benchmark]
        select (benchmark.Name, result);

    /// <summary>1 if a target is missed, 2 if something could not be measured, else 0.</summary>
    public int ExitCode => _failures.Count > 0 ? 2 : Results.Any(one => !one.Result.IsMet) ? 1 : 0;

    /// <summary>Measures those that need the processors one after another, and then the others side by side.</summary>
    public async Task RunAsync(IReadOnlyList<Benchmark> benchmarks)
    {
        foreach (Benchmark benchmark in benchmarks.Where(one => !one.MostlyWaits))
        {
            await MeasureAsync(benchmark);
        }

        await Parallel.ForEachAsync(
            benchmarks.Where(one => one.MostlyWaits),
            new ParallelOptions { MaxDegreeOfParallelism = MaxWaiting },
            async (benchmark, _) => await MeasureAsync(benchmark));
    }

    /// <summary>A benchmark that fails, for example because curl is missing, does not stop the others.</summary>
    private async Task MeasureAsync(Benchmark benchmark)
    {
        try
        {
            IReadOnlyList<Result> results = await benchmark.MeasureAsync();
            lock (_results)
            {
                _results.Add(benchmark, results);
                Log($"{benchmark.Name}: {string.Join("; ", results)}");
            }
        }
        catch (InvalidOperationException failure)
        {
            lock (_results)
            {
                _failures.Add(failure.Message);
                Log($"{benchmark.Name} could not be measured: {failure.Message}");
            }
        }
    }

    private void Log(string text) => Console.Error.WriteLine($"{_watch.Elapsed:mm\\:ss} {text}");
}
