using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Codes;

/// <summary>A temporary folder that cannot be used is an error that names the folder, and the run's object counts the codes that exist.</summary>
public sealed class TemporaryFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    [Theory]
    [InlineData("Request-EpPromotionCode -Promotion $args[1] -Count 5 -Path $args[2] | ForEach-Object { \"object $($_.Status) $($_.Generated)\" }", "object failed 0", false)]
    [InlineData("Request-EpPromotionCode -Promotion $args[1] -Count 5 -Path $args[2] | ForEach-Object { \"object $($_.Status) $($_.Generated)\" }", "object failed 0", true)]
    [InlineData("Export-EpPromotionCode -Promotion $args[1] -Path \"$($args[2]).xlsx\"", null, false)]
    [InlineData("Export-EpPromotionCode -Promotion $args[1] -Path \"$($args[2]).xlsx\"", null, true)]
    public async Task An_unusable_folder_is_an_error_before_anything_is_created(string command, string? output, bool isFile)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;

        IReadOnlyList<string> lines = await RunAsync(sandbox, Unusable(isFile), command, id);

        Assert.Equal(output is null ? [] : [output], lines.Where(line => line.StartsWith("object", StringComparison.Ordinal)));
        AssertNamesFolder(Assert.Single(lines, line => line.StartsWith("error", StringComparison.Ordinal)));
        Assert.Empty(sandbox.Writes());
    }

    [Fact]
    public async Task An_export_that_is_written_as_it_is_needs_no_temporary_folder()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        sandbox.Store.AddCodes(id, ["CODE-1"]);

        IReadOnlyList<string> lines = await RunAsync(
            sandbox, Unusable(isFile: false), "Export-EpPromotionCode -Promotion $args[1] -Path $args[2] | ForEach-Object Codes", id);

        Assert.Equal(["1"], lines);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_unusable_folder_is_an_error_for_each_received_job(bool isFile)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;

        IReadOnlyList<string> lines = await RunAsync(
            sandbox, Unusable(isFile), "$id = $args[1]; 1..2 | ForEach-Object { New-EpPromotionJob -Promotion $id -Export | Wait-EpPromotionJob } | Receive-EpPromotionJob", id);

        Assert.Equal(2, lines.Count);
        Assert.All(lines, AssertNamesFolder);
    }

    [Theory]
    [InlineData("Request-EpPromotionCode -Promotion $args[1] -Count 5 -Path $args[2] | ForEach-Object { \"object $($_.Status) $($_.Generated)\" }", "object failed 5")]
    [InlineData("Export-EpPromotionCode -Promotion $args[1] -Path \"$($args[2]).json\"", null)]
    [InlineData("New-EpPromotionJob -Promotion $args[1] -Export | Wait-EpPromotionJob | Receive-EpPromotionJob", null)]
    public async Task A_folder_that_fills_up_is_an_error_and_the_run_counts_its_codes(string command, string? output)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file size limit for a process.");
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string id = sandbox.Store.AddPromotion("One").Id;
        sandbox.Store.AddCodes(id, [.. Enumerable.Range(0, 5_000).Select(number => $"OLD-{number:000000000}")]);
        string temporary = Directory.CreateDirectory(Path.Combine(_folder, "temporary")).FullName;

        using ChildProcess process = SandboxScript.StartWithFullDisk(
            64, sandbox, temporary, Script(command), RepositoryFolder.Manifest, id, Path.Combine(_folder, "codes.csv"));
        IReadOnlyList<string> lines = await process.WaitForSuccessAsync();

        Assert.Equal(output is null ? [] : [output], lines.Where(line => line.StartsWith("object", StringComparison.Ordinal)));
        AssertNamesFolder(Assert.Single(lines, line => line.StartsWith("error", StringComparison.Ordinal)));
        Assert.Empty(Directory.GetFileSystemEntries(temporary));
        Assert.Equal([temporary], Directory.GetFileSystemEntries(_folder));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Unusable(bool isFile)
    {
        string folder = Path.Combine(_folder, "temporary");
        if (isFile)
        {
            File.WriteAllText(folder, "");
        }

        return folder;
    }

    private async Task<IReadOnlyList<string>> RunAsync(SandboxServer sandbox, string temporary, string command, string id)
    {
        using ChildProcess process = SandboxScript.Start(
            sandbox,
            temporary,
            Script(command),
            RepositoryFolder.Manifest,
            id,
            Path.Combine(_folder, "codes.csv"));
        return await process.WaitForSuccessAsync();
    }

    /// <summary>A script that emits its errors as lines, too.</summary>
    private static string Script(string command) =>
        "Import-Module $args[0]; & { " + command + " } @args 2>&1 | ForEach-Object {"
        + " if ($_ -is [System.Management.Automation.ErrorRecord]) { \"error $($_.FullyQualifiedErrorId) $_\" } else { $_ } }";

    private void AssertNamesFolder(string line)
    {
        Assert.StartsWith("error TemporaryFolderUnusable,", line, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_folder, "temporary"), line, StringComparison.Ordinal);
    }
}
