using EpPromo.Bench;
using EpPromo.ScriptHost;

// EpPromo.Bench [scenario ...]: without a name, all scenarios but quick, which is for a first impression.
Scenario[] all = [Scenario.Full, Scenario.ShortJobs, Scenario.Few, Scenario.FewLong, Scenario.Thousand];
Scenario[] selected = args.Length == 0 ? all : [.. args.Select(name => all.Append(Scenario.Quick).Single(scenario => scenario.Name == name))];
string manifest = RepositoryFolder.Manifest;
List<Measurement> measured = [];
Console.WriteLine(Measurement.Header);
foreach (Scenario scenario in selected)
{
    measured.Add(await Measuring.RunAsync(scenario, manifest));
    Console.WriteLine(measured[^1]);
}

string[] misses = [.. Targets.Misses(measured)];
foreach (string miss in misses)
{
    Console.Error.WriteLine(miss);
}

return misses.Length == 0 ? 0 : 1;
