using System.Management.Automation;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests;

/// <summary>The module as such: manifest, load context, stores of a runspace, views.</summary>
public sealed class ModuleTests
{
    [Fact]
    public void The_manifest_exports_the_cmdlets_that_exist()
    {
        using ModuleSession session = new();

        RunResult exported = session.Run("(Get-Module EpPromo).ExportedCmdlets.Keys").ThrowIfFailed();
        RunResult found = session.Run(
            """
            (Get-Module EpPromo).NestedModules + (Get-Module EpPromo) | ForEach-Object { $_.ImplementingAssembly } |
                Where-Object { $_ } | ForEach-Object { $_.GetTypes() } | ForEach-Object {
                    $attribute = [System.Reflection.CustomAttributeExtensions]::GetCustomAttribute($_, [System.Management.Automation.CmdletAttribute])
                    if ($attribute) { "$($attribute.VerbName)-$($attribute.NounName)" }
                }
            """).ThrowIfFailed();

        Assert.NotEmpty(found.Output);
        Assert.Equal(found.Output.Select(name => name.ToString()).Distinct().Order(), exported.Output.Select(name => name.ToString()).Order());
    }

    [Fact]
    public void Every_cmdlet_says_what_it_emits_and_takes_a_store()
    {
        using ModuleSession session = new();

        RunResult commands = session.Run("Get-Command -Module EpPromo").ThrowIfFailed();

        Assert.All(commands.Output.Select(command => (CmdletInfo)command.BaseObject), command =>
        {
            Assert.NotEmpty(command.OutputType);
            Assert.True(command.Parameters.ContainsKey("Store") || command.Name == "Connect-EpStore", command.Name);
        });
    }

    [Fact]
    public async Task The_libraries_stay_out_of_the_session()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        string[] locations = [.. AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => assembly.GetName().Name is "Newtonsoft.Json" or "Flurl" or "Flurl.Http" or "Polly.Core" or "EpPromo.Http")
            .Where(assembly => assembly.Location.StartsWith(Path.GetDirectoryName(RepositoryFolder.Manifest)!, StringComparison.Ordinal))
            .Select(assembly => System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(assembly)!.GetType().Name)];

        Assert.NotEmpty(locations);
        Assert.All(locations, context => Assert.Equal("LibraryLoadContext", context));
    }

    [Fact]
    public async Task A_session_that_holds_other_versions_of_the_libraries_works()
    {
        // Flurl is stood in for by an assembly of that name and another version, without anything the module could use.
        OtherVersions.Load("Flurl", new Version(2, 8, 2, 0));
        Type sessionsJson = typeof(Newtonsoft.Json.JsonConvert);
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("One");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("Get-EpPromotion").ThrowIfFailed();

        Assert.Single(result.Output);
        Assert.DoesNotContain("out/EpPromo", sessionsJson.Assembly.Location.Replace('\\', '/'), StringComparison.Ordinal);
        Assert.Equal(2, AppDomain.CurrentDomain.GetAssemblies().Count(assembly => assembly.GetName().Name == "Flurl"));
    }

    [Fact]
    public async Task Two_runspaces_have_two_stores()
    {
        await using SandboxServer one = await Sandboxes.StartQuickAsync();
        await using SandboxServer two = await Sandboxes.StartQuickAsync();
        one.Store.AddPromotion("Of one");
        two.Store.AddPromotion("Of two");
        using ModuleSession first = ModuleSession.ConnectedTo(one);
        using ModuleSession second = ModuleSession.ConnectedTo(two);

        Assert.Equal("Of one", first.Run("Get-EpPromotion").Values("Name").Single());
        Assert.Equal("Of two", second.Run("Get-EpPromotion").Values("Name").Single());
        Assert.Equal(
            ["Of one", "Of two"],
            first.Run("$args[0], (Get-EpStore) | ForEach-Object { Get-EpPromotion -Store $_ }", second.Run("Get-EpStore").Output[0]).Values("Name").Order());
    }

    [Fact]
    public async Task A_disconnected_store_is_not_used_any_more()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run("$store = Get-EpStore; Disconnect-EpStore").ThrowIfFailed();

        Assert.Equal("NotConnected,EpPromo.PowerShell.GetEpPromotionCommand", session.Run("Get-EpPromotion").ErrorIds.Single());
        Assert.Equal("StoreClosed,EpPromo.PowerShell.GetEpPromotionCommand", session.Run("Get-EpPromotion -Store $store").ErrorIds.Single());
    }

    [Fact]
    public async Task Disconnecting_where_nothing_is_connected_is_no_error_that_hides_another()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        session.Run("$store = Get-EpStore; Disconnect-EpStore").ThrowIfFailed();

        session.Run("Disconnect-EpStore").ThrowIfFailed();

        Assert.Equal("mine", session.Run("try { throw 'mine' } finally { Disconnect-EpStore }").Errors.Single().Exception.Message);
        Assert.Equal("StoreClosed,EpPromo.PowerShell.DisconnectEpStoreCommand", session.Run("Disconnect-EpStore -Store $store").ErrorIds.Single());
    }

    [Theory]
    [InlineData("Get-EpPromotion")]
    [InlineData("Get-EpPromotion | Get-EpPromotionJob")]
    [InlineData("Get-EpPromotion | New-EpPromotionJob -NumberOfCodes 1000")]
    [InlineData("Get-EpStore")]
    public async Task Tables_fit_100_columns(string command)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("A promotion with a name that is longer than any column of a table").Id;
        RecordingHost host = new(100);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);
        session.Run("New-EpPromotionJob $args[0] -NumberOfCodes 1000 -Name ('n' * 50) | Wait-EpPromotionJob", id).ThrowIfFailed();

        session.Run($"{command} | Out-Default").ThrowIfFailed();

        Assert.Contains("---", host.Screen, StringComparison.Ordinal);
        Assert.All(host.Screen.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 100, line));
        Assert.DoesNotContain("sandbox-secret", host.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_shows_progress_and_ends_it()
    {
        await using SandboxServer sandbox = await SandboxServer.StartAsync(
            Sandboxes.Quick with { JobBase = TimeSpan.FromSeconds(1) }, TestContext.Current.CancellationToken);
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("New-EpPromotionJob $args[0] -NumberOfCodes 5 | Wait-EpPromotionJob", id).ThrowIfFailed();

        Assert.NotEmpty(result.Progress);
        Assert.All(result.Progress, record => Assert.InRange(record.PercentComplete, -1, 100));
        Assert.Equal(ProgressRecordType.Completed, result.Progress[^1].RecordType);
    }
}
