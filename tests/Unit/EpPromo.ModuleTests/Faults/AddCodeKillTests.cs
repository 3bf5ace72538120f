using System.Diagnostics;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;
using EpPromo.Tests;

namespace EpPromo.ModuleTests.Faults;

/// <summary>
/// A process that adds 10,000 codes from a CSV is killed at a random moment, while a fifth of all requests fails, and another one repeats the
/// command with -SkipExisting. EPPROMO_ADD_KILLS sets the number of kills, EPPROMO_ADD_KILL_SEED the seed.
/// </summary>
public sealed class AddCodeKillTests : IDisposable
{
    private const string KillsVariable = "EPPROMO_ADD_KILLS";
    private const string SeedVariable = "EPPROMO_ADD_KILL_SEED";
    private const int DefaultKills = 2;
    private const int Codes = 10_000;

    /// <summary>Even if a command fails because it has met too many faults in a row, the next one continues.</summary>
    private const int MaxRepetitions = 5;

    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    [Fact]
    public async Task Exactly_the_codes_of_the_CSV_are_added_whenever_the_process_is_killed()
    {
        int kills = TestSetting.Read(KillsVariable, DefaultKills);
        int seed = TestSetting.Read(SeedVariable, 1);
        await SeededTest.RunAsync(seed, $"{SeedVariable}={seed} {KillsVariable}={kills}", () => KillAndCheckAsync(kills, new Random(seed)));
    }

    private async Task KillAndCheckAsync(int kills, Random random)
    {
        string csv = Path.Combine(_folder, "codes.csv");
        string[] codes = [.. Enumerable.Range(0, Codes).Select(number => $"CSV-{number:00000}")];
        await File.WriteAllLinesAsync(
            csv, codes.OrderBy(_ => random.Next()).Prepend("Code"), TestContext.Current.CancellationToken);
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy with { WriteDuration = TimeSpan.FromMilliseconds(5) });
        foreach (string endpoint in (string[])["code-add", "code-list"])
        {
            FaultRuleSet.AddQuickTo(sandbox, endpoint);

            // Instead of those that take time: more than a fifth in all.
            sandbox.Faults.Add($"endpoint={endpoint} action=drop-after probability=0.03");
            sandbox.Faults.Add($"endpoint={endpoint} action=drop-before probability=0.03");
        }

        List<int> atKill = [];
        int repetitions = 0;
        for (int kill = 0; kill < kills; kill++)
        {
            string id = sandbox.Store.AddPromotion($"P{kill}").Id;
            sandbox.Store.AddCodes(id, ["other-1", "other-2"]);
            using (ChildProcess process = Start(sandbox, csv, id))
            {
                await process.ReadNextLineAsync();
                int until = random.Next(Codes);
                while (sandbox.Store.Codes(id).Count < until)
                {
                    await Task.Delay(5, TestContext.Current.CancellationToken);
                }

                // In the middle of anything: a request on its way, a pause, a response.
                await Task.Delay(random.Next(100), TestContext.Current.CancellationToken);
                process.Kill(entireProcessTree: true);
                await process.WaitAsync(TestContext.Current.CancellationToken);
            }

            atKill.Add(sandbox.Store.Codes(id).Count - 2);
            for (bool isDone = false; !isDone; repetitions++)
            {
                Assert.True(repetitions < kills * MaxRepetitions, "The command fails again and again.");
                using ChildProcess again = Start(sandbox, csv, id);
                isDone = (await again.WaitAsync(TestContext.Current.CancellationToken)).Output.Contains("done");
            }

            Assert.Equal(codes.Concat(["other-1", "other-2"]), sandbox.Store.Codes(id).Select(code => code.Code).Order(StringComparer.Ordinal));
            Assert.All(sandbox.Store.Codes(id).Where(code => code.Code.StartsWith("CSV", StringComparison.Ordinal)), code => Assert.Equal(1, code.Terms.Uses));
        }

        TestContext.Current.SendDiagnosticMessage(
            $"{kills} processes killed, with so many codes added: {string.Join(' ', atKill)}; {repetitions} repetitions");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static ChildProcess Start(SandboxServer sandbox, string csv, string promotionId)
    {
        ProcessStartInfo start = new(
            "dotnet",
            [
                "exec", BuildPaths.Pwsh, "-NoProfile", "-NonInteractive", "-File",
                Path.Combine(RepositoryFolder.Root, "tests", "Unit", "EpPromo.ModuleTests", "Faults", "add-codes.ps1"),
                RepositoryFolder.Manifest, csv, promotionId,
            ]);
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = start.Environment["NO_COLOR"] = "1";
        foreach ((string name, string value) in sandbox.EnvironmentVariables)
        {
            start.Environment[name] = value;
        }

        return ChildProcess.Start(start);
    }
}
