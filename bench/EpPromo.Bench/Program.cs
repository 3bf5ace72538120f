using EpPromo.Bench;
using EpPromo.ScriptHost;

// EpPromo.Bench [scenario ...]: without a name, all scenarios but quick, which is for a first impression. "merge" is the merging of recipients.
Scenario[] all = [Scenario.Full, Scenario.ShortJobs, Scenario.Few, Scenario.FewLong, Scenario.Thousand];
Scenario[] selected = args.Length == 0 ? all : [.. args.Where(name => name != MergeBench.Name).Select(name => all.Append(Scenario.Quick).Single(scenario => scenario.Name == name))];
string manifest = RepositoryFolder.Manifest;
List<Measurement> measured = [];
if (selected.Length > 0)
{
    Console.WriteLine(Measurement.Header);
}

foreach (Scenario scenario in selected)
{
    measured.Add(await Measuring.RunAsync(scenario, manifest));
    Console.WriteLine(measured[^1]);
}

List<string> misses = [.. Targets.Misses(measured)];
if (args.Length == 0 || args.Contains(MergeBench.Name))
{
    Console.WriteLine();
    misses.AddRange(await MergeBench.RunAsync());
}

foreach (string miss in misses)
{
    Console.Error.WriteLine(miss);
}

return misses.Count == 0 ? 0 : 1;
