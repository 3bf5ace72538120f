using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Sessions;

/// <summary>The environment variables that make every store read-only.</summary>
public sealed class ReadOnlyVariableTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    [Theory]
    [InlineData("EPCC_READ_ONLY")]
    [InlineData("EPCC_CLI_READ_ONLY")]
    public async Task Its_values_are_read_for_every_store_and_an_unclear_one_is_an_error(string variable)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();

        IReadOnlyList<string> lines = await RunAsync(
            sandbox,
            $$"""
            foreach ($value in 'true', 'T', '1', 'Yes', 'on', 'false', 'F', '0', 'no', 'off', ' ', 'maybe') {
                $env:{{variable}} = $value
                foreach ($connect in $false, $true) {
                    try {
                        if ($connect) { Connect-EpStore -Name one -ErrorAction Stop }
                        New-EpPromotionJob -Promotion $id -NumberOfCodes 1 -WhenBusy Wait -ErrorAction Stop | ForEach-Object { "${value}: $((Get-EpStore -Default).ReadOnly)" }
                    }
                    catch { "${value}: $($_.FullyQualifiedErrorId.Split(',')[0])" }
                }

                Import-Module $module -Force
                $env:{{variable}} = ''
            }
            """);

        string[] connected = [.. lines.Where((_, index) => index % 2 == 1)];
        string[] yes = ["true", "T", "1", "Yes", "on"];
        string[] no = ["false", "F", "0", "no", "off", " "];
        Assert.Equal(
            [.. yes.Select(value => value + ": ReadOnlyStore"), .. no.Select(value => value + ": False"), "maybe: BadReadOnlyVariable"],
            connected);
        Assert.Equal("true: ReadOnlyStore", lines[0]);
    }

    [Fact]
    public async Task The_variable_counts_while_it_is_set_for_stores_connected_before_too()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();

        IReadOnlyList<string> lines = await RunAsync(
            sandbox,
            """
            Connect-EpStore
            foreach ($value in '', 'true', 'maybe', 'false') {
                $env:EPCC_CLI_READ_ONLY = $value
                try { New-EpPromotionJob -Promotion $id -NumberOfCodes 1 -WhenBusy Wait -ErrorAction Stop | ForEach-Object { "written $((Get-EpStore).ReadOnly)" } }
                catch { "$_ $((Get-EpStore).ReadOnly)" }
            }
            """);

        string store = $"The store {sandbox.BaseUri.Authority} is read-only: ";
        Assert.Equal(
            [
                "written False",
                store + "the variable EPCC_CLI_READ_ONLY is set. Nothing was changed. True",
                store + "the value of the variable EPCC_CLI_READ_ONLY is neither yes nor no. Nothing was changed. True",
                "written False",
            ],
            lines);
    }

    private async Task<IReadOnlyList<string>> RunAsync(SandboxServer sandbox, string script)
    {
        string id = sandbox.Store.AddPromotion("One").Id;
        using ChildProcess process = SandboxScript.Start(sandbox, _folder, "$module, $id = $args; Import-Module $module\n" + script + "\n'end'", RepositoryFolder.Manifest, id);
        return await process.ReadLinesAsync();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
