using System.Diagnostics;
using System.Globalization;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;
using EpPromo.Soak;

// EpPromo.Soak [minutes]: 10 without a number. Exit code 1 says that memory grew, or that a user would have seen an error that was not planted.
const int promotions = 300;
const double flat = 0.05;
int minutes = args.Length == 0 ? 10 : int.Parse(args[0], CultureInfo.InvariantCulture);

// Short jobs and room for more requests than the session sends, so that it is the session that sets the pace.
await using SandboxServer sandbox = await SandboxServer.StartAsync(
    new SandboxOptions { Seeded = false, CodesPerPromotion = 1_000_000, JobBase = TimeSpan.FromMilliseconds(200), RequestsPerSecond = 100 });
for (int i = 0; i < promotions; i++)
{
    sandbox.Store.AddPromotion($"Promotion {i}");
}

SoakFaults.AddTo(sandbox.Faults);
string folder = Directory.CreateTempSubdirectory("eppromo-soak-").FullName;
Dictionary<string, string> environment = new()
{
    ["EPCC_API_BASE_URL"] = sandbox.BaseUri.ToString(),
    ["EPCC_CLIENT_ID"] = sandbox.Options.ClientId,
    ["EPCC_CLIENT_SECRET"] = sandbox.Options.ClientSecret,

    // What grows shall be what the session keeps: not the room that the collector gives itself for garbage, nor the free room in the
    // heaps of the C library, of which each thread that has ever allocated has one of its own.
    ["DOTNET_GCgen0MaxBudget"] = "0x600000",
    ["MALLOC_ARENA_MAX"] = "1",
};
using ScriptProcess session = ScriptProcess.Start(
    Path.Combine(AppContext.BaseDirectory, "soak.ps1"), environment,
    RepositoryFolder.Manifest, minutes.ToString(CultureInfo.InvariantCulture), folder);

List<SoakMinute> soaked = [];
Console.WriteLine(SoakMinute.Header);
while (soaked.Count < minutes && !session.HasEnded)
{
    soaked.Add(await SoakAsync(soaked.Count + 1));
    Console.WriteLine(soaked[^1]);
}

ScriptResult result = await session.WaitAsync(CancellationToken.None);
Directory.Delete(folder, recursive: true);
string[] failed = [.. result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
string[] unplanted = [.. failed.Where(error => !error.StartsWith("JobFailed,", StringComparison.Ordinal))];
int planted = sandbox.Faults.All.Single(count => count.Rule.Action == FaultAction.FailJob).Struck;
double growth = soaked.Count < 3 ? 0 : (soaked[^1].Memory / soaked[1].Memory) - 1;

Console.WriteLine();
Console.WriteLine(string.Join("\n", result.Output));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"requests per second on the average: {soaked.Average(minute => minute.Requests) / 60:0.0}"));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory, last minute against the second: {growth:+0.0%;-0.0%}"));
Console.WriteLine($"planted failures: {planted}, seen by the user: {failed.Length - unplanted.Length}; other errors: {unplanted.Length}");
Console.WriteLine(string.Join("\n", unplanted));
return unplanted.Length == 0 && planted == failed.Length && growth < flat ? 0 : 1;

async Task<SoakMinute> SoakAsync(int number)
{
    int requests = sandbox.Requests.Count;
    int faults = SoakFaults.Struck(sandbox.Faults);
    List<double> memory = [];
    Stopwatch watch = Stopwatch.StartNew();
    while (watch.Elapsed < TimeSpan.FromMinutes(1) && !session.HasEnded)
    {
        await Task.Delay(TimeSpan.FromSeconds(1));
        memory.Add(session.Memory);
    }

    return new SoakMinute(number, sandbox.Requests.Count - requests, SoakFaults.Struck(sandbox.Faults) - faults, memory.Average());
}
