using System.IO.Enumeration;
using EpPromo.Bench;
using EpPromo.Bench.Measuring;

// EpPromo.Bench [name ...]: measures the benchmarks with these names, in which * stands for any text; without a name, all. Prints the results as
// a table. The exit code is 1 if a target is missed, and 2 if something could not be measured. --list prints what can be measured.
if (args is ["--list"])
{
    Console.WriteLine(ResultTable.FormatRows(Benchmarks.All.SelectMany(benchmark => benchmark.Rows.Select(row => (benchmark.Name, row)))));
    return 0;
}

Benchmark[] selected = args.Length == 0 ? [.. Benchmarks.All] : [.. Benchmarks.All.Where(benchmark => args.Any(name => Matches(name, benchmark)))];
if (args.FirstOrDefault(name => !Benchmarks.All.Any(benchmark => Matches(name, benchmark))) is { } unknown)
{
    Console.Error.WriteLine($"There is no benchmark {unknown}. There are: {string.Join(", ", Benchmarks.All.Select(benchmark => benchmark.Name))}.");
    return 2;
}

Session session = new();
await session.RunAsync(selected);
Console.WriteLine();
Console.WriteLine(ResultTable.Format(session.Results));
return session.ExitCode;

static bool Matches(string name, Benchmark benchmark) => FileSystemName.MatchesSimpleExpression(name, benchmark.Name);
