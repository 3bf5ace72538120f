using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Codes;

/// <summary>A file that cannot be written is known as early as possible, and no code is lost.</summary>
public sealed class UnwritableFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    [Theory]
    [InlineData("Export-EpPromotionCode -PromotionId $id -Path /proc/codes.csv")]
    [InlineData("Request-EpPromotionCode -Promotion $id -Count 5 -Path /proc/codes.csv")]
    public async Task A_folder_that_does_not_accept_files_is_an_error_before_anything_is_created(string command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a folder in which even root cannot create a file.");
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("$id, $null = $args; " + command, id);

        Assert.StartsWith("CannotWriteFile,", Assert.Single(result.ErrorIds), StringComparison.Ordinal);
        Assert.Contains("'/proc/codes.csv'", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(sandbox.Writes());
    }

    [Theory]
    [InlineData("Export-EpPromotionCode -PromotionId $id -Path $folder/codes.csv", "Export-EpPromotionCode -LiteralPath '{0}' -Promotion '{1}'")]
    [InlineData(
        "Request-EpPromotionCode -Promotion $id -Count 5 -Name bf26 -Path $folder/codes.csv",
        "Get-EpPromotionRun -Promotion '{1}' -Name 'bf26' | Export-EpPromotionCode -LiteralPath '{0}'")]
    public async Task A_file_that_cannot_be_replaced_in_the_end_is_an_error_that_says_how_to_export_again(string command, string exportAgain)
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy with { BaseJobDuration = TimeSpan.FromSeconds(1) });
        string id = sandbox.Store.AddPromotion("One").Id;
        string file = Path.Combine(_folder, "codes.csv");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");

        Task<RunResult> export = Task.Run(() => session.Run("$id, $folder = $args; " + command, id, _folder), TestContext.Current.CancellationToken);
        while (sandbox.Store.Jobs(id).Count == 0)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        // A folder in the way: no system replaces it with a file.
        Directory.CreateDirectory(Path.Combine(file, "in the way"));
        RunResult result = await export;

        Assert.StartsWith("FileNotWritten,", Assert.Single(result.ErrorIds), StringComparison.Ordinal);
        Assert.Contains($"'{file}'", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.EndsWith(
            string.Format(null, exportAgain, file, id), result.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal([file], Directory.GetFileSystemEntries(_folder));

        Directory.Delete(file, recursive: true);
        session.Run(string.Format(null, exportAgain, file, id)).ThrowIfFailed();

        Assert.Equal(1 + sandbox.Store.Codes(id).Count, (await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task A_disk_that_fills_up_during_the_download_is_an_error_that_says_how_to_export_again_and_leaves_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file size limit for a process.");
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string id = sandbox.Store.AddPromotion("One").Id;
        sandbox.Store.AddCodes(id, [.. Enumerable.Range(0, 5_000).Select(number => $"OLD-{number:000000000}")]);
        string file = Path.Combine(_folder, "codes.csv");
        const string Script = "Import-Module $args[0]; & { Export-EpPromotionCode -Promotion $args[1] -Path $args[2] } @args 2>&1 |"
            + " ForEach-Object { \"$($_.FullyQualifiedErrorId) $($_.ErrorDetails.RecommendedAction)\" }";

        using ChildProcess process = SandboxScript.StartWithFullDisk(
            64, sandbox, Path.GetTempPath(), Script, RepositoryFolder.Manifest, id, file);
        string error = Assert.Single(await process.WaitForSuccessAsync());

        Assert.StartsWith("FileNotWritten,", error, StringComparison.Ordinal);
        Assert.EndsWith($"Export-EpPromotionCode -LiteralPath '{file}' -Promotion '{id}'", error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    /// <summary>On Windows it is an error, which the tests of FileErrors show.</summary>
    [Fact]
    public async Task A_file_that_is_open_elsewhere_is_replaced_on_unix_and_its_reader_keeps_what_it_had()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not replace an open file.");
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        string file = Path.Combine(_folder, "codes.csv");
        await File.WriteAllTextAsync(file, "old", TestContext.Current.CancellationToken);
        using FileStream open = new(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run("Export-EpPromotionCode -PromotionId $args[0] -Path $args[1]", id, file).ThrowIfFailed();

        using StreamReader reader = new(open);
        Assert.Equal("old", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.NotEqual(3, new FileInfo(file).Length);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
