using System.Globalization;
using EpPromo.Bench.Processes;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;

namespace EpPromo.Bench.Rows.RequestCodes;

/// <summary>Runs a scenario with a loop that people write by hand: loop.ps1.</summary>
internal static class LoopRun
{
    /// <summary>Returns the seconds that it took.</summary>
    /// <exception cref="InvalidOperationException">The loop failed or made another number of codes.</exception>
    public static async Task<double> RunAsync(Scenario scenario, bool parallel)
    {
        await using SandboxServer store = await scenario.StartStoreAsync();
        using TemporaryFolder folder = new();
        string promotions = folder.File("promotions.txt");
        string[] ids = [.. Enumerable.Range(0, scenario.Promotions).Select(number => store.Store.AddPromotion($"P{number}").Id)];
        await File.WriteAllLinesAsync(promotions, ids);
        string[] arguments = [store.BaseUri.ToString().TrimEnd('/'), promotions, scenario.Codes.ToString(CultureInfo.InvariantCulture)];
        using ChildProcess process = ChildProcess.Start(
            Pwsh.Script("Rows/RequestCodes/loop.ps1", store.EnvironmentVariables, parallel ? [.. arguments, "-Parallel"] : arguments));
        ProcessResult result = await process.WaitAsync(CancellationToken.None);
        return result.ExitCode == 0 && ids.All(id => store.Store.Codes(id).Count == scenario.Codes)
            ? double.Parse(result.Output[^1], CultureInfo.InvariantCulture)
            : throw new InvalidOperationException(result.Text);
    }
}
