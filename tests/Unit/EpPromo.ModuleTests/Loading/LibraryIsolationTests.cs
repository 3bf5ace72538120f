using System.Reflection;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Loading;

/// <summary>The module's libraries load in a context of their own, whatever versions the session holds.</summary>
public sealed class LibraryIsolationTests
{
    [Fact]
    public async Task The_libraries_are_not_loaded_into_the_session()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        string[] locations = [.. AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => assembly.GetName().Name is "Newtonsoft.Json" or "Flurl" or "Flurl.Http" or "EpPromo.Http")
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
        DirectoryCopy.Create(AppContext.BaseDirectory, host);
        string json = Path.Combine(host, "Newtonsoft.Json.dll");
        TestAssembly.SetMajorVersion(json, 99);
        string[] others =
        [
            TestAssembly.Write(folder, "Flurl", new(2, 8, 2, 0)),
            TestAssembly.Write(folder, "Flurl.Http", new(4, 0, 0, 0)),
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
                if ($name.Name -in 'Newtonsoft.Json', 'Flurl', 'Flurl.Http') {
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
    public async Task The_newer_copy_of_a_library_that_the_runtime_also_has_is_loaded()
    {
        string folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;
        string module = Directory.CreateDirectory(Path.Combine(folder, "EpPromo")).FullName;
        DirectoryCopy.Create(Path.GetDirectoryName(RepositoryFolder.Manifest)!, module);
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

    private static Version VersionOf(string file) => AssemblyName.GetAssemblyName(file).Version!;
}
