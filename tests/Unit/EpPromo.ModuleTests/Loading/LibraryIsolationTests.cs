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
            .Where(assembly => assembly.GetName().Name is "Flurl" or "Flurl.Http" or "EpPromo.Http")
            .Where(assembly => assembly.Location.StartsWith(Path.GetDirectoryName(RepositoryFolder.Manifest)!, StringComparison.Ordinal))
            .Select(assembly => System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(assembly)!.GetType().Name)];

        Assert.NotEmpty(locations);
        Assert.All(locations, context => Assert.Equal("LibraryLoadContext", context));
    }

    /// <summary>In a process of its own, where another module has loaded other versions.</summary>
    [Fact]
    public async Task A_session_that_holds_other_versions_of_the_libraries_works()
    {
        string folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;
        string[] theirs =
        [
            TestAssembly.Write(folder, "Flurl", new(2, 8, 2, 0)),
            TestAssembly.Write(folder, "Flurl.Http", new(4, 0, 0, 0)),
        ];
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("One");

        IReadOnlyList<string> lines;
        using (ChildProcess process = SandboxScript.Start(
            sandbox,
            folder,
            """
            $manifest, $others = $args
            foreach ($file in $others) { $null = [System.Reflection.Assembly]::LoadFrom($file) }
            Import-Module $manifest
            (Get-EpPromotion).Name
            foreach ($assembly in [AppDomain]::CurrentDomain.GetAssemblies()) {
                $name = $assembly.GetName()
                if ($name.Name -in 'Flurl', 'Flurl.Http') {
                    $context = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($assembly)
                    "$($name.Version) $($context.GetType().Name) $($assembly.Location)"
                }
            }
            """,
            [RepositoryFolder.Manifest, .. theirs]))
        {
            lines = await process.WaitForSuccessAsync();
        }

        string lib = Path.Combine(Path.GetDirectoryName(RepositoryFolder.Manifest)!, "lib");
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
        string lib = CopyModule(folder);
        string newer = TestAssembly.Write(lib, "System.Web.HttpUtility", new(99, 0, 0, 0));
        TestAssembly.Write(lib, "System.Net.Mail", new(1, 0, 0, 0));

        IReadOnlyList<string> loaded = await LoadAsync(folder, "System.Web.HttpUtility", "System.Net.Mail", "System.Text.Json");

        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        Assert.Equal([newer, Path.Combine(runtime, "System.Net.Mail.dll"), Path.Combine(runtime, "System.Text.Json.dll")], loaded);
        Assert.True(File.Exists(Path.Combine(lib, "System.Text.Json.dll")));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Codes_are_read_by_the_faster_build_of_the_library()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        string folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

        using ChildProcess process = SandboxScript.Start(
            sandbox,
            folder,
            """
            Import-Module $args[0]
            $null = Export-EpPromotionCode -Promotion $args[1] -Path $args[2]
            [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'Sylvan.Data.Csv' } | ForEach-Object Location
            """,
            RepositoryFolder.Manifest,
            id,
            Path.Combine(folder, "codes.csv"));
        IReadOnlyList<string> loaded = await process.WaitForSuccessAsync();

        Assert.Equal([Path.Combine(Path.GetDirectoryName(RepositoryFolder.Manifest)!, "lib", "net6.0", "Sylvan.Data.Csv.dll")], loaded);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>As on Windows PowerShell, which has none of its own.</summary>
    [Fact]
    public async Task JSON_is_read_by_the_library_of_the_module_where_it_is_the_newer_one()
    {
        string folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;
        string json = Path.Combine(CopyModule(folder), "System.Text.Json.dll");
        TestAssembly.SetMajorVersion(json, 99);

        Assert.Equal([json], await LoadAsync(folder, "System.Text.Json"));
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Copies the module; returns the folder of its libraries.</summary>
    private static string CopyModule(string folder)
    {
        string module = Directory.CreateDirectory(Path.Combine(folder, "EpPromo")).FullName;
        DirectoryCopy.Create(Path.GetDirectoryName(RepositoryFolder.Manifest)!, module);
        return Path.Combine(module, "lib");
    }

    /// <summary>Lets the copied module read promotions in a process of its own; returns the files of assemblies that its load context takes.</summary>
    private static async Task<IReadOnlyList<string>> LoadAsync(string folder, params string[] names)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("One");
        using ChildProcess process = SandboxScript.Start(
            sandbox,
            folder,
            """
            $manifest, $names = $args
            Import-Module $manifest
            (Get-EpPromotion).Name
            $http = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'EpPromo.Http' }
            $context = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($http)
            foreach ($name in $names) {
                $context.LoadFromAssemblyName([System.Reflection.AssemblyName]::new($name)).Location
            }
            """,
            [Path.Combine(folder, "EpPromo", "EpPromo.psd1"), .. names]);
        IReadOnlyList<string> lines = await process.WaitForSuccessAsync();
        Assert.Equal("One", lines[0]);
        return [.. lines.Skip(1)];
    }

    private static Version VersionOf(string file) => AssemblyName.GetAssemblyName(file).Version!;
}
