using System.Management.Automation;
using System.Reflection;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Loading;

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

    /// <summary>
    /// In a process of its own, whose engine uses another version of Newtonsoft.Json than ours, and where another module has loaded others
    /// of the rest.
    /// </summary>
    [Fact]
    public async Task A_session_that_holds_other_versions_of_the_libraries_works()
    {
        string folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;
        string host = Directory.CreateDirectory(Path.Combine(folder, "host")).FullName;
        FolderCopy.Make(AppContext.BaseDirectory, host);
        string json = Path.Combine(host, "Newtonsoft.Json.dll");
        TestAssembly.Restamp(json, 99);
        string[] others =
        [
            TestAssembly.Write(folder, "Flurl", new(2, 8, 2, 0)),
            TestAssembly.Write(folder, "Flurl.Http", new(4, 0, 0, 0)),
            TestAssembly.Write(folder, "Polly.Core", new(7, 0, 0, 0)),
        ];
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("One");

        IReadOnlyList<string> lines;
        using (ChildProcess process = SandboxScript.StartIn(
            host,
            sandbox,
            folder,
            """
            $manifest, $others = $args
            foreach ($file in $others) { $null = [System.Reflection.Assembly]::LoadFrom($file) }
            Import-Module $manifest
            (Get-EpPromotion).Name
            foreach ($assembly in [AppDomain]::CurrentDomain.GetAssemblies()) {
                $name = $assembly.GetName()
                if ($name.Name -in 'Newtonsoft.Json', 'Flurl', 'Flurl.Http', 'Polly.Core') {
                    $context = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($assembly)
                    "$($name.Version) $($context.GetType().Name) $($assembly.Location)"
                }
            }
            """,
            [RepositoryFolder.Manifest, .. others]))
        {
            lines = await process.WaitForSuccessAsync();
        }

        string lib = Path.Combine(Path.GetDirectoryName(RepositoryFolder.Manifest)!, "lib");
        string[] theirs = [json, .. others];
        string[] ours = [.. theirs.Select(file => Path.Combine(lib, Path.GetFileName(file)))];
        Assert.Equal("One", lines[0]);
        string[] expected =
        [
            .. theirs.Select(file => $"{VersionOf(file)} DefaultAssemblyLoadContext {file}"),
            .. ours.Select(file => $"{VersionOf(file)} LibraryLoadContext {file}"),
        ];
        Assert.Equal(expected.Order(), lines.Skip(1).Order());
        Assert.All(theirs.Zip(ours), pair => Assert.NotEqual(VersionOf(pair.First), VersionOf(pair.Second)));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Of_a_library_that_the_runtime_has_too_the_newer_one_is_taken()
    {
        string folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;
        string module = Directory.CreateDirectory(Path.Combine(folder, "EpPromo")).FullName;
        FolderCopy.Make(Path.GetDirectoryName(RepositoryFolder.Manifest)!, module);
        string newer = TestAssembly.Write(Path.Combine(module, "lib"), "System.Web.HttpUtility", new(99, 0, 0, 0));
        TestAssembly.Write(Path.Combine(module, "lib"), "System.Net.Mail", new(1, 0, 0, 0));
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();

        IReadOnlyList<string> lines;
        using (ChildProcess process = SandboxScript.Start(
            sandbox,
            folder,
            """
            Import-Module $args[0]
            $null = Get-EpPromotion
            $http = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'EpPromo.Http' }
            $context = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($http)
            foreach ($name in 'System.Web.HttpUtility', 'System.Net.Mail') {
                $context.LoadFromAssemblyName([System.Reflection.AssemblyName]::new($name)).Location
            }
            """,
            Path.Combine(module, "EpPromo.psd1")))
        {
            lines = await process.WaitForSuccessAsync();
        }

        Assert.Equal(newer, lines[0]);
        Assert.Equal(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System.Net.Mail.dll"), lines[1]);
        Directory.Delete(folder, recursive: true);
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

    [Fact]
    public async Task Waiting_shows_progress_and_ends_it()
    {
        await using SandboxServer sandbox = await SandboxServer.StartAsync(
            Sandboxes.Quick with { BaseJobDuration = TimeSpan.FromSeconds(1) }, TestContext.Current.CancellationToken);
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("New-EpPromotionJob $args[0] -NumberOfCodes 5 | Wait-EpPromotionJob", id).ThrowIfFailed();

        Assert.NotEmpty(result.Progress);
        Assert.All(result.Progress, record => Assert.InRange(record.PercentComplete, -1, 100));
        Assert.Equal(ProgressRecordType.Completed, result.Progress[^1].RecordType);
    }

    private static Version VersionOf(string file) => AssemblyName.GetAssemblyName(file).Version!;
}
