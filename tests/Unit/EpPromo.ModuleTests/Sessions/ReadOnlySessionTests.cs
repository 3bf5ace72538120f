using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Sessions;

/// <summary>
/// A read-only session stays read-only: the store of the environment, which can be written to, never takes the place of a connected one
/// unnoticed. In processes of their own, whose environment variables describe the sandbox.
/// </summary>
public sealed class ReadOnlySessionTests : IDisposable
{
    private const string Setup =
        """
        $module, $id = $args
        Import-Module $module
        function Write-Code { try { New-EpPromotionJob -Promotion $id -NumberOfCodes 1 -WhenBusy Wait -ErrorAction Stop | ForEach-Object { 'written' } } catch { Show $_ } }
        function Show($e) { "$($e.FullyQualifiedErrorId.Split(',')[0]): $e $($e.ErrorDetails.RecommendedAction)" }

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    [Theory]
    [InlineData("Import-Module $module -Force", "ModuleReloaded")]
    [InlineData("Remove-Module EpPromo; Import-Module $module", "ModuleReloaded")]
    [InlineData("Disconnect-EpStore", "StoreClosed")]
    [InlineData("Get-EpStore | Disconnect-EpStore", "StoreClosed")]
    [InlineData("Disconnect-EpStore live; Import-Module $module -Force", "StoreClosed")]
    [InlineData("try { Connect-EpStore -BaseUri http://127.0.0.1:9 } catch { }", "ConnectFailed")]
    [InlineData("try { Connect-EpStore -BaseUri ftp://x } catch { }; Disconnect-EpStore; Import-Module $module -Force", "ConnectFailed")]
    public async Task What_ends_the_connection_leaves_no_store_that_can_be_written_to(string end, string errorId)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();

        IReadOnlyList<string> lines = await RunAsync(
            sandbox, $"Connect-EpStore -ReadOnly -Name live; {end}; Write-Code; @(Get-EpStore | Where-Object IsDefault).Count; Connect-EpStore; Write-Code");

        Assert.StartsWith(errorId + ": ", lines[0], StringComparison.Ordinal);
        Assert.Equal(["0", "written"], lines.Skip(1));
        Assert.Single(sandbox.Writes());
    }

    [Fact]
    public async Task The_error_after_the_removal_of_the_module_remembers_that_the_store_was_read_only()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();

        IReadOnlyList<string> lines = await RunAsync(
            sandbox,
            """
            Connect-EpStore -ReadOnly -Name live; Import-Module $module -Force; Write-Code
            Connect-EpStore -Name test; Import-Module $module -Force; Write-Code
            """);

        Assert.Contains("The store live was disconnected when the module was removed or imported again. Run Connect-EpStore -ReadOnly again.", lines[0], StringComparison.Ordinal);
        Assert.Contains("The store test was disconnected when the module was removed or imported again. Run Connect-EpStore again.", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_has_connected_no_store_keeps_using_that_of_the_environment()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();

        IReadOnlyList<string> lines = await RunAsync(
            sandbox, "Write-Code; (Get-EpStore).IsDefault; Import-Module $module -Force; Write-Code; Disconnect-EpStore; Write-Code; (Get-EpStore).ReadOnly");

        Assert.Equal(["written", "True", "written", "written", "False"], lines);
    }

    [Fact]
    public async Task A_new_runspace_does_not_escape_the_restriction_but_can_connect_for_itself()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();

        IReadOnlyList<string> lines = await RunAsync(
            sandbox,
            """
            Connect-EpStore -ReadOnly
            $store = Get-EpStore
            1 | ForEach-Object -Parallel {
                Import-Module $using:module
                (Get-EpStore).ReadOnly
                try { New-EpPromotionJob -Promotion $using:id -NumberOfCodes 1 } catch { "$_" }
                try { New-EpPromotionJob -Promotion $using:id -NumberOfCodes 1 -Store $using:store } catch { "$_" }
                Connect-EpStore
                New-EpPromotionJob -Promotion $using:id -NumberOfCodes 1 -WhenBusy Wait | ForEach-Object { 'written' }
            } 2>&1 | ForEach-Object { "$_" }
            """);

        string host = sandbox.BaseUri.Authority;
        Assert.Equal(
            [
                "True",
                $"The store {host} is read-only: a store was connected with -ReadOnly in this process, and none in this runspace. Nothing was changed.",
                $"The store {host} is read-only: it was connected with -ReadOnly. Nothing was changed.",
                "written",
            ],
            lines);
    }

    [Fact]
    public async Task Another_runspace_that_used_the_environment_before_is_restricted_from_its_next_command_on()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();

        IReadOnlyList<string> lines = await RunAsync(
            sandbox,
            """
            Write-Code
            1 | ForEach-Object -Parallel { Import-Module $using:module; try { Connect-EpStore -ReadOnly -BaseUri http://127.0.0.1:9 } catch { } }
            Write-Code
            """);

        Assert.Equal("written", lines[0]);
        Assert.StartsWith("ReadOnlyStore: ", lines[1], StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<string>> RunAsync(SandboxServer sandbox, string script)
    {
        string id = sandbox.Store.AddPromotion("One").Id;
        using ChildProcess process = SandboxScript.Start(sandbox, _folder, Setup + script + "\n'end'", RepositoryFolder.Manifest, id);
        return await process.ReadLinesAsync();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
