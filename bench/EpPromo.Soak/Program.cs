using System.Diagnostics;
using System.Globalization;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;
using EpPromo.Soak;

// EpPromo.Soak [minutes]: the default is 10. Exit code 1 means that a check failed; the last lines name it.
const int promotions = 300;
const double flat = 0.05;
const double leastRate = 24;
const double leastFaults = 0.09;

// Growth compares the last minute with the second one, so it needs at least three minutes.
const int leastMinutes = 3;
int minutes = args.Length == 0 ? 10 : int.Parse(args[0], CultureInfo.InvariantCulture);

// Short jobs, and a rate limit above what the session sends, so that the session determines the rate.
await using SandboxServer sandbox = await SandboxServer.StartAsync(
    new SandboxOptions
    {
        IncludeSeedData = false,
        CodesPerPromotion = 1_000_000,
        BaseJobDuration = TimeSpan.FromMilliseconds(200),
        ConcurrentJobs = 8,
        RequestsPerSecond = 100,
    });
string[] ids = [.. Enumerable.Range(0, promotions).Select(number => sandbox.Store.AddPromotion($"Promotion {number}").Id)];

SoakFaults.AddTo(sandbox.Faults);
string folder = Directory.CreateTempSubdirectory("eppromo-soak-").FullName;
Dictionary<string, string> environment = new(sandbox.EnvironmentVariables)
{
    // One heap of the C library for all threads. Otherwise each thread that has ever allocated keeps free memory of its own, so memory
    // grows with the number of threads that have run.
    ["MALLOC_ARENA_MAX"] = "1",
};
using ChildProcess session = ChildProcess.StartScript(
    Path.Combine(AppContext.BaseDirectory, "soak.ps1"), environment,
    RepositoryFolder.Manifest, minutes.ToString(CultureInfo.InvariantCulture), folder);

List<SoakMinute> soaked = [];
Console.WriteLine(SoakMinute.Header);
while (soaked.Count < minutes && !session.HasEnded)
{
    soaked.Add(await SoakAsync(soaked.Count + 1));
    Console.WriteLine(soaked[^1]);
}

ProcessResult result = await session.WaitAsync(CancellationToken.None);
Directory.Delete(folder, recursive: true);
string[] errors = [.. result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
string[] unplanted = [.. errors.Where(error => !error.StartsWith("JobFailed,", StringComparison.Ordinal))];
int planted = ids.Sum(id => sandbox.Store.Jobs(id).Count(job => job.Status == "failed"));
double[][] kept = [.. result.Output
    .Where(line => line.StartsWith("kept ", StringComparison.Ordinal))
    .Select(line => line.Split(' ')[1..].Select(bytes => double.Parse(bytes, CultureInfo.InvariantCulture) / 1e6).ToArray())];
double? growth = kept.Length < leastMinutes ? null : (kept[^1][0] / kept[1][0]) - 1;
double rate = soaked.Sum(minute => minute.Requests) / (60.0 * minutes);
double faults = (double)soaked.Sum(minute => minute.Faults) / Math.Max(1, soaked.Sum(minute => minute.Requests));

Console.WriteLine();
Console.WriteLine("After a full collection at the end of each minute:");
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"in RAM, MB:       {Numbers(0)}"));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"live objects, MB: {Numbers(1)}"));
Console.WriteLine();
Console.WriteLine(result.Output.Count == 0 ? "" : result.Output[^1]);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"requests per second on average: {rate:0.0}; disturbed: {faults:0.0%}"));
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture, $"in RAM, last minute compared with the second: {(growth is { } grown ? grown.ToString("+0.0%;-0.0%", CultureInfo.InvariantCulture) : "not known")}"));
Console.WriteLine($"planted failures: {planted}, seen by the user: {errors.Length - unplanted.Length}; other errors: {unplanted.Length}");
Console.WriteLine(string.Join("\n", unplanted));

(bool Passed, string Text)[] checks =
[
    // The script host exits with 1 after errors, including planted ones. An interrupted session has not counted its jobs.
    (result.ExitCode == Math.Min(1, errors.Length) && result.Output[^1].StartsWith("jobs ", StringComparison.Ordinal),
        $"the session ends normally (exit code {result.ExitCode})"),
    (unplanted.Length == 0, "a user sees no error that was not planted"),
    (planted == errors.Length - unplanted.Length, "a user sees each error that was planted"),
    (rate >= leastRate, string.Create(CultureInfo.InvariantCulture, $"at least {leastRate} requests a second on average")),
    (faults >= leastFaults, string.Create(CultureInfo.InvariantCulture, $"at least {leastFaults:0%} of the requests disturbed")),
    (kept.Length >= minutes, $"memory is measured in each minute ({kept.Length} of {minutes})"),
    (growth < flat || (growth is null && minutes < leastMinutes), string.Create(CultureInfo.InvariantCulture, $"memory grows by less than {flat:0%}")),
];
string[] failedChecks = [.. checks.Where(check => !check.Passed).Select(check => check.Text)];
Console.WriteLine(failedChecks.Length == 0 ? "All checks passed." : "Failed: " + string.Join("; ", failedChecks));
return failedChecks.Length == 0 ? 0 : 1;

string Numbers(int which) => string.Join(' ', kept.Select(minute => minute[which].ToString("0.0", CultureInfo.InvariantCulture).PadLeft(6)));

async Task<SoakMinute> SoakAsync(int number)
{
    int requests = sandbox.Requests.Count;
    int faults = SoakFaults.Triggered(sandbox.Faults);
    List<double> memory = [];
    Stopwatch watch = Stopwatch.StartNew();
    while (watch.Elapsed < TimeSpan.FromMinutes(1) && !session.HasEnded)
    {
        await Task.Delay(TimeSpan.FromSeconds(1));
        memory.Add(session.Memory);
    }

    return new SoakMinute(number, sandbox.Requests.Count - requests, SoakFaults.Triggered(sandbox.Faults) - faults, memory.Average());
}
