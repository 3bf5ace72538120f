using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Packaging;

/// <summary>The package that PowerShell galleries take: what is in it, that anybody can build the same bytes, and what users do with it.</summary>
public sealed class PackageTests(PackageBuild build) : IClassFixture<PackageBuild>, IDisposable
{
    private const string OlderVersion = "0.1.999";

    /// <summary>Installing, updating and removing take about 20 s on an idle machine.</summary>
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(5);

    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    [Fact]
    public void The_same_sources_give_the_same_bytes_in_any_folder_at_any_time() =>
        Assert.Equal(File.ReadAllBytes(build.First), File.ReadAllBytes(build.Second));

    [Fact]
    public void It_holds_the_module_and_what_a_gallery_shows()
    {
        using ZipArchive package = ZipFile.OpenRead(build.First);
        string module = Path.GetDirectoryName(RepositoryFolder.Manifest)!;
        IEnumerable<string> files = Directory.EnumerateFiles(module, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(module, file).Replace('\\', '/'));

        string[] ofTheFormat = ["[Content_Types].xml", "_rels/.rels", "EpPromo.nuspec", "package/services/metadata/core-properties/nuget.psmdcp"];
        Assert.Equal(
            files.Concat(ofTheFormat).Concat(["README.md", "icon.png"]).Order(StringComparer.Ordinal),
            package.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));

        XElement metadata = XDocument.Parse(Read(package, "EpPromo.nuspec")).Root!.Elements().Single();
        string Value(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;

        string version = Version();
        Assert.Equal("EpPromo", Value("id"));
        Assert.Equal(version, Value("version"));
        Assert.Equal("MIT", Value("license"));
        Assert.Equal("icon.png", Value("icon"));
        Assert.Equal("README.md", Value("readme"));

        // The words by which galleries and PSResourceGet tell a module, and for whom it is.
        Assert.Superset(
            new HashSet<string> { "PSModule", "PSEdition_Core", "PSEdition_Desktop", "Windows", "Linux", "MacOS", "ElasticPath" },
            Value("tags").Split(' ').ToHashSet());

        // The changelog's section of this version, whole, and of no other.
        string changelog = File.ReadAllText(Path.Combine(RepositoryFolder.Root, "CHANGELOG.md")).ReplaceLineEndings("\n");
        string[] sections = changelog.Split("\n## [");
        string section = Assert.Single(sections, section => section.StartsWith(version + "]", StringComparison.Ordinal));
        Assert.Equal(section[section.IndexOf('\n', StringComparison.Ordinal)..].Trim(), Value("releaseNotes").ReplaceLineEndings("\n").Trim());
    }

    [Fact]
    public async Task It_is_imported_in_a_clean_shell()
    {
        string module = Path.Combine(_folder, "EpPromo");
        await ZipFile.ExtractToDirectoryAsync(build.First, module, TestContext.Current.CancellationToken);
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync("Summer Sale");

        Assert.Equal(
            [Version(), "Summer Sale", "Gets promotions by name, by id, by a code that they have, or all of them."],
            await RunAsync(sandbox, $$"""
                Import-Module '{{Path.Combine(module, "EpPromo.psd1")}}'
                (Get-Module EpPromo).Version.ToString()
                (Get-EpPromotion).Name
                (Get-Help Get-EpPromotion).Synopsis
                """));
    }

    [Fact]
    public async Task It_is_installed_updates_a_version_that_is_in_use_and_is_removed()
    {
        string gallery = Path.Combine(_folder, "gallery");
        Directory.CreateDirectory(gallery);
        File.Copy(build.First, Path.Combine(gallery, $"EpPromo.{Version()}.nupkg"));
        CreateOlderPackage(Path.Combine(gallery, $"EpPromo.{OlderVersion}.nupkg"));
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync("Summer Sale");

        Assert.Equal(
            [
                "installed " + OlderVersion,
                "in use " + OlderVersion + ": Summer Sale",
                "updated " + Version(),
                "still in use " + OlderVersion + ": 3 codes",
                "a new shell " + Version() + ": Summer Sale",
                "after the removal: 3 codes, installed: 0",
            ],
            await RunAsync(sandbox, $$"""
                if (Get-InstalledPSResource EpPromo -ErrorAction Ignore) { throw 'EpPromo is installed for this user. This test would remove it.' }
                Register-PSResourceRepository -Name EpPromoTest -Uri '{{gallery}}' -Trusted -Force
                try {
                    Install-PSResource EpPromo -Version {{OlderVersion}} -Repository EpPromoTest
                    "installed $((Get-InstalledPSResource EpPromo).Version)"
                    $names = (Get-EpPromotion).Name
                    "in use $((Get-Module EpPromo).Version): $names"

                    Update-PSResource EpPromo -Repository EpPromoTest
                    "updated $((Get-InstalledPSResource EpPromo).Version | Sort-Object -Descending -Top 1)"
                    $run = 'Summer Sale' | Request-EpPromotionCode 3
                    "still in use $((Get-Module EpPromo).Version): $($run.Generated) codes"

                    & dotnet exec (Join-Path $PSHOME pwsh.dll) -NoProfile -NonInteractive -Command '$names = (Get-EpPromotion).Name; "a new shell $((Get-Module EpPromo).Version): $names"'

                    Uninstall-PSResource EpPromo -Version '*'
                    $run = 'Summer Sale' | Request-EpPromotionCode 3
                    "after the removal: $($run.Generated) codes, installed: $(@(Get-Module EpPromo -ListAvailable).Count)"
                }
                finally { Unregister-PSResourceRepository EpPromoTest }
                """));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Runs a script in pwsh, with modules of its own where the system allows that: on Windows, the user's folder is fixed.</summary>
    private async Task<IReadOnlyList<string>> RunAsync(SandboxServer sandbox, string script)
    {
        Dictionary<string, string> environment = new(sandbox.EnvironmentVariables)
        {
            ["HOME"] = _folder,
            // PSResourceGet installs there whatever this variable says; PowerShell looks where it points.
            ["XDG_DATA_HOME"] = Path.Combine(_folder, ".local", "share"),
        };
        ProcessResult result = await TestProgram.RunAsync(
            BuildPaths.Pwsh, s_deadline, environment, "-NoProfile", "-NonInteractive", "-Command", "$ErrorActionPreference = 'Stop'\n" + script);
        Assert.True(result.ExitCode == 0, result.Text);
        return result.Output;
    }

    /// <summary>The same package with an older version, as an earlier release would have been.</summary>
    private void CreateOlderPackage(string path)
    {
        File.Copy(build.First, path);
        using ZipArchive package = ZipFile.Open(path, ZipArchiveMode.Update);
        Replace(package, "EpPromo.nuspec", $"<version>{Version()}</version>", $"<version>{OlderVersion}</version>");
        Replace(package, "EpPromo.psd1", $"'{Version()}'", $"'{OlderVersion}'");
    }

    private static void Replace(ZipArchive package, string name, string text, string replacement)
    {
        string content = Read(package, name);
        Assert.Contains(text, content, StringComparison.Ordinal);
        package.GetEntry(name)!.Delete();
        using StreamWriter writer = new(package.CreateEntry(name).Open());
        writer.Write(content.Replace(text, replacement, StringComparison.Ordinal));
    }

    private static string Read(ZipArchive package, string name)
    {
        using StreamReader reader = new(package.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    private static string Version() =>
        Regex.Match(File.ReadAllText(RepositoryFolder.Manifest), @"ModuleVersion\s*=\s*'(?<version>[^']+)'").Groups["version"].Value;
}
