using System.Globalization;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Faults;

/// <summary>A process that creates, waits and exports is killed at moments that it does not choose; the next one takes no notice.</summary>
public sealed class KillTests : IDisposable
{
    /// <summary>How many processes to kill; 100 on request.</summary>
    private const string KillsVariable = "EPPROMO_KILLS";
    private const int UsualKills = 12;

    /// <summary>What the moments of the kills are drawn from.</summary>
    private const string SeedVariable = "EPPROMO_KILL_SEED";
    private const int UsualSeed = 1;

    private const string Loop =
        """
        $ErrorActionPreference = 'Stop'
        Import-Module $args[0]
        while ($true) {
            Get-EpPromotion | New-EpPromotionJob -NumberOfCodes 1000 -WhenBusy Wait | Wait-EpPromotionJob |
                Export-EpPromotionCode -Path $args[1] | ForEach-Object Name
        }
        """;

    private const string Once =
        """
        $ErrorActionPreference = 'Stop'
        Import-Module $args[0]
        Get-EpPromotion | New-EpPromotionJob -NumberOfCodes 10 -WhenBusy Wait | Wait-EpPromotionJob |
            Export-EpPromotionCode -Path $args[1] | ForEach-Object Name
        """;

    private readonly string _codes = Directory.CreateTempSubdirectory("eppromo-test-").FullName;
    private readonly string _temporary = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    [Fact]
    public async Task A_process_that_was_killed_leaves_whole_files_and_nothing_in_the_way()
    {
        int kills = Setting(KillsVariable, UsualKills);
        int seed = Setting(SeedVariable, UsualSeed);
        await SeededTest.RunAsync(seed, $"{SeedVariable}={seed} {KillsVariable}={kills}", () => KillAndLookAsync(kills, new Random(seed)));
    }

    private async Task KillAndLookAsync(int kills, Random random)
    {
        await using SandboxServer sandbox = await SandboxServer.StartAsync(
            Sandboxes.Quick with { CodesPerPromotion = 10_000_000 }, TestContext.Current.CancellationToken);
        string[] promotions = [.. Enumerable.Range(0, 3).Select(number => sandbox.Store.AddPromotion($"P{number}").Id)];
        using SandboxFiles files = new(sandbox);
        HashSet<string> partials = [];

        for (int kill = 0; kill < kills; kill++)
        {
            using (ChildProcess process = SandboxScript.Start(sandbox, _temporary, Loop, RepositoryFolder.Manifest, _codes))
            {
                // From its first file on, it is killed in the middle of whatever it is at.
                await process.ReadNextLineAsync();
                await Task.Delay(random.Next(300), TestContext.Current.CancellationToken);
                process.Kill();
                await process.WaitAsync(TestContext.Current.CancellationToken);
            }

            partials.UnionWith(Directory.GetFiles(_codes, "*.partial"));
            AssertForOwnerAlone(Directory.GetFiles(_codes).Concat(Directory.GetFiles(_temporary, "EpPromo-*")));
            await AssertWholeAsync(files, promotions);
        }

        LetTimePass();
        using ChildProcess next = SandboxScript.Start(sandbox, _temporary, Once, RepositoryFolder.Manifest, _codes);
        IReadOnlyList<string> written = await next.WaitForSuccessAsync();

        TestContext.Current.SendDiagnosticMessage($"{kills} processes killed, {partials.Count} partial files left");
        Assert.Equal(promotions.Select(id => id + "_codes.csv").Order(), written.Order());
        Assert.Equal(written.Order(), Directory.GetFileSystemEntries(_codes).Select(Path.GetFileName).Order());
        await AssertWholeAsync(files, promotions);

        // A spool file can have been created and not yet unlinked, but there is never anything in one that has a name.
        Assert.All(Directory.GetFiles(_temporary, "EpPromo-*"), left => Assert.Equal(0, new FileInfo(left).Length));
        Assert.All(promotions, id => Assert.All(sandbox.Store.Jobs(id), job => Assert.True(job.IsFinished)));
    }

    /// <summary>Codes are money: whatever a process leaves, nobody else can read it.</summary>
    private static void AssertForOwnerAlone(IEnumerable<string> files)
    {
        foreach (string file in files)
        {
            Assert.True(
                OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite), file);
        }
    }

    [Fact]
    public async Task Only_partial_files_that_were_left_behind_are_removed()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        string Partial(string of, int hours)
        {
            string path = Path.Combine(_codes, $".{of}_codes.csv.{Guid.NewGuid():N}.partial");
            File.WriteAllText(path, "code");
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-hours));
            return path;
        }

        string left = Partial(id, hours: 1);
        string held = Partial(id, hours: 1);
        string[] kept = [held, Partial(id, hours: 0), Partial("other", hours: 1), Path.Combine(_codes, $".{id}_codes.csv.partial")];
        await File.WriteAllTextAsync(kept[^1], "somebody else's", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(kept[^1], DateTime.UtcNow.AddHours(-1));
        using (new FileStream(held, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            session.Run("Export-EpPromotionCode $args[0] $args[1]", id, _codes).ThrowIfFailed();
        }

        Assert.False(File.Exists(left));
        Assert.Equal(kept.Append(Path.Combine(_codes, id + "_codes.csv")).Order(), Directory.GetFiles(_codes).Order());
    }

    private static int Setting(string variable, int usual) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;

    private async Task AssertWholeAsync(SandboxFiles files, string[] promotions)
    {
        foreach (string path in Directory.GetFiles(_codes).Where(path => !path.EndsWith(".partial", StringComparison.Ordinal)))
        {
            string promotion = Assert.Single(promotions, id => Path.GetFileName(path) == id + "_codes.csv");
            byte[] content = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
            Assert.True(await files.HasAsync(promotion, content), $"{path} holds {content.Length} bytes that are no export.");
        }
    }

    /// <summary>Partial files count as left behind only after a while.</summary>
    private void LetTimePass()
    {
        foreach (string partial in Directory.GetFiles(_codes, "*.partial"))
        {
            File.SetLastWriteTimeUtc(partial, DateTime.UtcNow.AddHours(-1));
        }
    }

    public void Dispose()
    {
        Directory.Delete(_codes, recursive: true);
        Directory.Delete(_temporary, recursive: true);
    }
}
