using System.IO.Enumeration;
using EpPromo.Bench;
using EpPromo.Bench.Measuring;

// EpPromo.Bench [name ...], or --rows=<names, separated by commas>: measures the benchmarks with these names, in which * stands for
// any text; without names, all. Prints the results as a table. The exit code is 1 if a target is missed, and 2 if something could not be measured.
// EpPromo.Bench --list: prints what can be measured.
const string rows = "--rows=";
if (args is ["--list"])
{
    Console.WriteLine(ResultTable.FormatRows(Benchmarks.All.SelectMany(benchmark => benchmark.Rows.Select(row => (benchmark.Name, row)))));
    return 0;
}

string[] names = args switch
{
    [] => ["*"],
    [{ } selection] when selection.StartsWith(rows, StringComparison.Ordinal) => selection[rows.Length..].Split(',', StringSplitOptions.TrimEntries),
    _ => args,
};
if (names.FirstOrDefault(name => !Benchmarks.All.Any(benchmark => Matches(name, benchmark))) is { } unknown)
{
    Console.Error.WriteLine($"There is no benchmark {unknown}. There are: {string.Join(", ", Benchmarks.All.Select(benchmark => benchmark.Name))}.");
    return 2;
}

Benchmark[] selected = [.. Benchmarks.All.Where(benchmark => names.Any(name => Matches(name, benchmark)))];
Session session = new();
await session.RunAsync(selected);
Console.WriteLine();
Console.WriteLine(ResultTable.Format(session.Results));
return session.ExitCode;

static bool Matches(string name, Benchmark benchmark) => FileSystemName.MatchesSimpleExpression(name, benchmark.Name);
