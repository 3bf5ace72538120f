using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;
using EpPromo.Tests;

namespace EpPromo.ModuleTests.Faults;

/// <summary>A process that creates, waits and exports is killed at random moments; the next process works as if nothing had happened.</summary>
public sealed class KillTests : IDisposable
{
    /// <summary>The environment variable that sets how many processes are killed.</summary>
    private const string KillsVariable = "EPPROMO_KILLS";
    private const int DefaultKills = 12;

    /// <summary>The environment variable that sets the seed of the random moments.</summary>
    private const string SeedVariable = "EPPROMO_KILL_SEED";
    private const int DefaultSeed = 1;

    private const string Loop =
        """
        $ErrorActionPreference = 'Stop'
        Import-Module $args[0]
        while ($true) {
            Get-EpPromotion | New-EpPromotionJob -NumberOfCodes 1000 -WhenBusy Wait | Wait-EpPromotionJob |
                Export-EpPromotionCode -All -Path $args[1] | ForEach-Object Name
        }
        """;

    private const string Once =
        """
        $ErrorActionPreference = 'Stop'
        Import-Module $args[0]
        Get-EpPromotion | New-EpPromotionJob -NumberOfCodes 10 -WhenBusy Wait | Wait-EpPromotionJob |
            Export-EpPromotionCode -All -Path $args[1] | ForEach-Object Name
        """;

    private const string ExportAll = "Export-EpPromotionCode -Promotion P0 -Path $args[1]";

    private readonly string _codes = Directory.CreateTempSubdirectory("eppromo-test-").FullName;
    private readonly string _temporary = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    [Fact]
    public async Task A_killed_process_leaves_only_complete_files_and_does_not_block_the_next_one()
    {
        int kills = TestSetting.Read(KillsVariable, DefaultKills);
        int seed = TestSetting.Read(SeedVariable, DefaultSeed);
        await SeededTest.RunAsync(seed, $"{SeedVariable}={seed} {KillsVariable}={kills}", () => KillAndCheckAsync(kills, new Random(seed)));
    }

    private async Task KillAndCheckAsync(int kills, Random random)
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
                // After its first file, the process can be in the middle of anything.
                await process.ReadNextLineAsync();
                await Task.Delay(random.Next(300), TestContext.Current.CancellationToken);
                process.Kill();
                await process.WaitAsync(TestContext.Current.CancellationToken);
            }

            partials.UnionWith(Directory.GetFiles(_codes, "*.partial"));
            AssertReadableByOwnerOnly(Directory.GetFiles(_codes).Concat(Directory.GetFiles(_temporary, "EpPromo-*")));
            await AssertCompleteAsync(files, promotions);
        }

        AgePartialFilesOnWindows();
        using ChildProcess next = SandboxScript.Start(sandbox, _temporary, Once, RepositoryFolder.Manifest, _codes);
        IReadOnlyList<string> written = await next.WaitForSuccessAsync();

        TestContext.Current.SendDiagnosticMessage($"{kills} processes killed, {partials.Count} partial files left");
        Assert.Equal(promotions.Select((_, number) => $"P{number}_codes.csv").Order(), written.Order());
        Assert.Equal(written.Order(), Directory.GetFileSystemEntries(_codes).Select(Path.GetFileName).Order());
        await AssertCompleteAsync(files, promotions);

        // A spool file may have been created and not yet unlinked; as long as it has a name, it is empty.
        Assert.All(Directory.GetFiles(_temporary, "EpPromo-*"), left => Assert.Equal(0, new FileInfo(left).Length));
        Assert.All(promotions, id => Assert.All(sandbox.Store.Jobs(id), job => Assert.True(job.IsFinished)));
    }

    /// <summary>Codes are worth money: nobody else can read what a killed process leaves behind.</summary>
    private static void AssertReadableByOwnerOnly(IEnumerable<string> files)
    {
        foreach (string file in files)
        {
            Assert.True(
                OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite), file);
        }
    }

    [Fact]
    public async Task What_a_killed_download_has_left_is_removed_by_the_next_export()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("P0").Id;
        sandbox.Store.AddCodes(id, ["CODE-1", "CODE-2"]);
        sandbox.Faults.Add("endpoint=download action=stall-body times=1");
        using (ChildProcess process = SandboxScript.Start(sandbox, _temporary, "Import-Module $args[0]; " + ExportAll, RepositoryFolder.Manifest, _codes))
        {
            while (!Directory.EnumerateFiles(_codes, "*.partial").Any(file => new FileInfo(file).Length > 0 && sandbox.Store.Jobs(id).Any(job => job.IsFinished)))
            {
                await Task.Delay(10, TestContext.Current.CancellationToken);
            }

            process.Kill();
            await process.WaitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Single(Directory.GetFiles(_codes, "*.partial"));
        AgePartialFilesOnWindows();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        session.Run(ExportAll, "", _codes).ThrowIfFailed();

        Assert.Equal([Path.Combine(_codes, "P0_codes.csv")], Directory.GetFileSystemEntries(_codes));
    }

    [Fact]
    public async Task Only_abandoned_partial_files_are_removed()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        string Partial(string promotion, int hours)
        {
            string path = Path.Combine(_codes, $".{promotion}_codes.csv.{Guid.NewGuid():N}.partial");
            File.WriteAllText(path, "code");
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-hours));
            return path;
        }

        string abandoned = Partial("One", hours: 1);
        string locked = Partial("One", hours: 1);
        string recent = Partial("One", hours: 0);
        string notOurs = Path.Combine(_codes, ".One_codes.csv.partial");
        await File.WriteAllTextAsync(notOurs, "somebody else's", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(notOurs, DateTime.UtcNow.AddHours(-1));

        // On Windows, a recent file that is not locked can be one that is about to be renamed.
        string[] kept = [locked, Partial("other", hours: 1), notOurs, .. OperatingSystem.IsWindows() ? [recent] : Array.Empty<string>()];
        using (new FileStream(locked, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            session.Run("Export-EpPromotionCode -Promotion $args[0] $args[1]", id, _codes).ThrowIfFailed();
        }

        Assert.False(File.Exists(abandoned));
        Assert.Equal(kept.Append(Path.Combine(_codes, "One_codes.csv")).Order(), Directory.GetFiles(_codes).Order());
    }

    private async Task AssertCompleteAsync(SandboxFiles files, string[] promotions)
    {
        foreach (string path in Directory.GetFiles(_codes).Where(path => Path.GetExtension(path) is not (".partial" or ".old")))
        {
            string promotion = Assert.Single(promotions, id => Path.GetFileName(path) == $"P{Array.IndexOf(promotions, id)}_codes.csv");
            byte[] content = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
            Assert.True(await files.HasAsync(promotion, content), $"{path} holds {content.Length} bytes that are not an export.");
        }
    }

    /// <summary>Makes partial files old enough to count as abandoned. On Unix, they count as abandoned as soon as the process is gone.</summary>
    private void AgePartialFilesOnWindows()
    {
        foreach (string partial in OperatingSystem.IsWindows() ? Directory.GetFiles(_codes, "*.partial") : [])
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
