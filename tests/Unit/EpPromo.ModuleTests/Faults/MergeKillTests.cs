using System.Diagnostics;
using System.Globalization;
using EpPromo.ModuleTests.Engine;
using EpPromo.ScriptHost;
using EpPromo.Tests;

namespace EpPromo.ModuleTests.Faults;

/// <summary>
/// A pwsh that merges recipients and codes is killed at random moments, and another one continues. The lists differ: recipients join, leave
/// and return. EPPROMO_MERGE_KILLS sets the number of kills, EPPROMO_MERGE_KILL_SEED the seed.
/// </summary>
public sealed class MergeKillTests : IDisposable
{
    private const string KillsVariable = "EPPROMO_MERGE_KILLS";
    private const string SeedVariable = "EPPROMO_MERGE_KILL_SEED";
    private const int DefaultKills = 3;
    private const int Recipients = 4000;
    private const int Lists = 6;

    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    [Fact]
    public async Task No_code_has_two_recipients_and_none_moves_whenever_the_process_is_killed()
    {
        int kills = TestSetting.Read(KillsVariable, DefaultKills);
        int seed = TestSetting.Read(SeedVariable, 1);
        await SeededTest.RunAsync(seed, $"{SeedVariable}={seed} {KillsVariable}={kills}", () => KillAndCheckAsync(kills, new Random(seed)));
    }

    private async Task KillAndCheckAsync(int kills, Random random)
    {
        await WriteListsAsync(random);
        Dictionary<string, string> known = [];
        int interrupted = 0;
        for (int kill = 0; kill < kills; kill++)
        {
            using ChildProcess process = Start(random.Next(), int.MaxValue);
            string first = await process.ReadNextLineAsync();
            await Task.Delay(random.Next(600), TestContext.Current.CancellationToken);
            process.Kill(entireProcessTree: true);
            ProcessResult result = await process.WaitAsync(TestContext.Current.CancellationToken);
            interrupted += File.Exists(Path.Combine(_folder, ".mailing.csv.lock")) ? 1 : 0;
            known = Check(known, result.Output.Prepend(first));
        }

        using ChildProcess last = Start(0, merges: 1);
        IReadOnlyList<string> all = await last.WaitForSuccessAsync();
        known = Check(known, all);

        Assert.Equal(Recipients, all.Distinct().Count());
        Assert.Equal(Recipients, Read("mailing.csv").Count());
        Assert.Equal(Recipients, known.Count);
        Assert.False(File.Exists(Path.Combine(_folder, "mailing.former.csv")));
        Assert.False(File.Exists(Path.Combine(_folder, ".mailing.csv.lock")));
        TestContext.Current.SendDiagnosticMessage($"{kills} processes killed, {interrupted} of them in a merge");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Both files together, after it was checked that nobody in them, and nobody whose code was emitted, has another code than before.</summary>
    private Dictionary<string, string> Check(Dictionary<string, string> before, IEnumerable<string> emitted)
    {
        Dictionary<string, string> now = [];
        foreach ((string recipient, string code) in Read("mailing.csv").Concat(Read("mailing.former.csv")))
        {
            Assert.True(now.TryAdd(recipient, code) || now[recipient] == code, $"{recipient} has {now[recipient]} and {code}.");
        }

        Assert.Equal(now.Count, now.Values.Distinct().Count());
        Assert.All(before, pair => Assert.Equal(pair.Value, now[pair.Key]));

        // The last line of a process that was killed may be incomplete.
        foreach (string[] pair in emitted.Where(line => line.EndsWith(';')).Select(line => line.TrimEnd(';').Split(' ')))
        {
            Assert.Equal(pair[1], now[pair[0]]);
        }

        return now;
    }

    private IEnumerable<(string Recipient, string Code)> Read(string name)
    {
        string path = Path.Combine(_folder, name);
        return !File.Exists(path) ? [] : File.ReadLines(path).Skip(1).Select(line => line.Split(',')).Select(row => (row[0], row[2]));
    }

    private async Task WriteListsAsync(Random random)
    {
        for (int list = 0; list < Lists; list++)
        {
            bool isComplete = list == Lists - 1;
            IEnumerable<string> rows = Enumerable.Range(0, Recipients)
                .Where(_ => isComplete || random.Next(4) > 0)
                .OrderBy(_ => random.Next())
                .Select(number => $"p{number}@x,Name {number}");
            await WriteAsync($"list-{list}.csv", rows.Prepend("Email,Name"));
        }

        await WriteAsync("codes.csv", Enumerable.Range(0, Recipients).Select(number => $"CODE-{number}").Prepend("Code"));
    }

    private Task WriteAsync(string name, IEnumerable<string> lines) =>
        File.WriteAllLinesAsync(Path.Combine(_folder, name), lines, TestContext.Current.CancellationToken);

    private ChildProcess Start(int seed, int merges)
    {
        ProcessStartInfo start = new(
            "dotnet",
            [
                "exec", BuildPaths.Pwsh, "-NoProfile", "-NonInteractive", "-File",
                Path.Combine(RepositoryFolder.Root, "tests", "Unit", "EpPromo.ModuleTests", "Faults", "merge.ps1"),
                RepositoryFolder.Manifest, _folder, Text(seed), Text(merges),
            ]);
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = start.Environment["NO_COLOR"] = "1";
        return ChildProcess.Start(start);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
