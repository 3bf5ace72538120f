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
string[] ids = [.. Enumerable.Range(0, promotions).Select(number => sandbox.Store.AddPromotion($"Promotion {number}").Id)];

SoakFaults.AddTo(sandbox.Faults);
string folder = Directory.CreateTempSubdirectory("eppromo-soak-").FullName;
Dictionary<string, string> environment = new()
{
    ["EPCC_API_BASE_URL"] = sandbox.BaseUri.ToString(),
    ["EPCC_CLIENT_ID"] = sandbox.Options.ClientId,
    ["EPCC_CLIENT_SECRET"] = sandbox.Options.ClientSecret,

    // One heap of the C library for all threads: else each thread that has ever allocated keeps free room of its own, and the more
    // of them have had their turn, the more there is of it.
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
int planted = ids.Sum(id => sandbox.Store.Jobs(id).Count(job => job.Status == "failed"));
double[][] kept = [.. result.Output
    .Where(line => line.StartsWith("kept ", StringComparison.Ordinal))
    .Select(line => line.Split(' ')[1..].Select(bytes => double.Parse(bytes, CultureInfo.InvariantCulture) / 1e6).ToArray())];
double growth = kept.Length < 3 ? 0 : (kept[^1][0] / kept[1][0]) - 1;

Console.WriteLine();
Console.WriteLine("After a full collection at the end of each minute:");
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"in RAM, MB:       {Numbers(0)}"));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"live objects, MB: {Numbers(1)}"));
Console.WriteLine();
Console.WriteLine(result.Output[^1]);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"requests per second on the average: {soaked.Average(minute => minute.Requests) / 60:0.0}"));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"in RAM, last minute against the second: {growth:+0.0%;-0.0%}"));
Console.WriteLine($"planted failures: {planted}, seen by the user: {failed.Length - unplanted.Length}; other errors: {unplanted.Length}");
Console.WriteLine(string.Join("\n", unplanted));
return unplanted.Length == 0 && planted == failed.Length && growth < flat ? 0 : 1;

string Numbers(int which) => string.Join(' ', kept.Select(minute => minute[which].ToString("0.0", CultureInfo.InvariantCulture).PadLeft(6)));

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
