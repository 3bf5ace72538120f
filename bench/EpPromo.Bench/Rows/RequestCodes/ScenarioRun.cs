using System.Globalization;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;

namespace EpPromo.Bench.Rows.RequestCodes;

/// <summary>Runs a scenario: the store in this process, the module in another one, whose memory is monitored.</summary>
internal static class ScenarioRun
{
    /// <summary>
    /// How many bytes (in hexadecimal digits) are allocated between two garbage collections: 4 MB. By default it follows the size of the
    /// processor's cache, so that the same run takes tens of megabytes more on one machine than on another. A run of seconds allocates less
    /// than 16 MB, so with a larger budget its peak would say nothing about a long one.
    /// </summary>
    private const string CollectionBudget = "400000";

    private static readonly TimeSpan s_memoryInterval = TimeSpan.FromMilliseconds(50);

    /// <exception cref="InvalidOperationException">The module made another number of codes.</exception>
    public static async Task<Measurement> RunAsync(Scenario scenario)
    {
        await using SandboxServer sandbox = await scenario.StartStoreAsync();
        string[] names = [.. Enumerable.Range(0, scenario.Promotions).Select(number => $"P{number}")];
        string[] ids = [.. names.Select(name => sandbox.Store.AddPromotion(name).Id)];
        using ChildProcess process = ChildProcess.StartScript(
            Path.Combine(AppContext.BaseDirectory, "Rows", "RequestCodes", "request-codes.ps1"),
            new Dictionary<string, string>(sandbox.EnvironmentVariables)
            {
                // After some seconds, .NET compiles hot code again from a profile that takes about 10 MB in any process. Without it, the
                // memory of a process of three seconds and of one of four minutes can be compared.
                ["DOTNET_TieredPGO"] = "0",
                ["DOTNET_GCgen0size"] = CollectionBudget,
                ["DOTNET_GCgen0MaxBudget"] = CollectionBudget,
            },
            [RepositoryFolder.Manifest, Text(scenario.Codes), Text(scenario.RequestsPerSecond), .. names]);
        long peak = await WatchMemoryAsync(process);
        ProcessResult result = await process.WaitAsync(CancellationToken.None);
        if (result.ExitCode != 0)
        {
            throw new InvalidOperationException(result.Errors);
        }

        string[] reported = result.Output[^1].Split(' ');
        int[] generated = [.. ids.Select(id => sandbox.Store.Codes(id).Count)];
        return generated.All(count => count == scenario.Codes) && Number(reported[0]) == generated.Sum()
            ? new Measurement(scenario, TimeSpan.FromSeconds(Number(reported[1])), sandbox.Requests.Count, peak, (long)Number(reported[2]))
            : throw new InvalidOperationException($"{generated.Sum()} codes instead of {scenario.Codes} on each of {scenario.Promotions} promotions.");
    }

    private static async Task<long> WatchMemoryAsync(ChildProcess process)
    {
        long peak = 0;
        while (!process.HasEnded)
        {
            peak = Math.Max(peak, process.Memory);
            await Task.Delay(s_memoryInterval);
        }

        return peak;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
