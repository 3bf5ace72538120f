using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;
using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Loading;

/// <summary>If the module is removed or updated while a session uses it, an error says so and names the missing file.</summary>
public sealed class MissingFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    /// <summary>Runs in a process of its own, because a process loads the libraries only once, from the folder of the first module.</summary>
    [Theory]
    [InlineData("lib", "EpPromo.Http")]
    [InlineData("lib/Flurl.Http.dll", "Flurl.Http")]
    [InlineData("lib/Flurl.dll", "Flurl")]
    public async Task The_first_call_names_the_missing_file(string deleted, string named)
    {
        string module = Path.Combine(_folder, "EpPromo");
        DirectoryCopy.Create(Path.GetDirectoryName(RepositoryFolder.Manifest)!, module);
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("One");

        using ChildProcess process = SandboxScript.Start(
            sandbox,
            _folder,
            """
            $manifest, $deleted = $args
            Import-Module $manifest
            if ([IO.Directory]::Exists($deleted)) { [IO.Directory]::Delete($deleted, $true) } else { [IO.File]::Delete($deleted) }
            foreach ($call in { Get-EpPromotion }, { Connect-EpStore }) {
                try { & $call -ErrorAction Stop; 'no error' } catch { $_.FullyQualifiedErrorId.Split(',')[0]; $_.Exception.Message }
            }
            """,
            Path.Combine(module, "EpPromo.psd1"),
            Path.Combine(module, deleted));

        string message =
            $"The files of the EpPromo module are no longer in {module}: {named} is missing. The module was removed or updated while this session uses it.";
        foreach (string line in (string[])["ModuleFilesGone", message, "ModuleFilesGone", message])
        {
            Assert.Equal(line, await process.ReadNextLineAsync());
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
