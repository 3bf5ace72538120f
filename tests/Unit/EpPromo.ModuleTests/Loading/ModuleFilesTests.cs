using EpPromo.ScriptHost;

namespace EpPromo.ModuleTests.Loading;

/// <summary>The module consists of its own files and the libraries it uses, and of nothing that an earlier build left behind.</summary>
public sealed class ModuleFilesTests
{
    private static readonly string[] s_expected =
    [
        "CHANGELOG.md",
        "EpPromo.Format.ps1xml",
        "EpPromo.LoadContext.dll",
        "EpPromo.LoadContext.pdb",
        "EpPromo.PowerShell.dll",
        "EpPromo.PowerShell.pdb",
        "EpPromo.dll",
        "EpPromo.pdb",
        "EpPromo.psd1",
        "LICENSE",
        "THIRD-PARTY-NOTICES.txt",
        "en-US/EpPromo.PowerShell.dll-Help.xml",
        "en-US/about_EpPromo.help.txt",
        "en-US/about_EpPromo_Errors.help.txt",
        "en-US/about_EpPromo_Runbooks.help.txt",
        "en-US/about_EpPromo_Runs.help.txt",
        "lib/EpPromo.Http.dll",
        "lib/EpPromo.Http.pdb",
        "lib/Flurl.Http.dll",
        "lib/Flurl.dll",
        "lib/Microsoft.Bcl.AsyncInterfaces.dll",
        "lib/Microsoft.Bcl.Memory.dll",
        "lib/SpreadCheetah.dll",
        "lib/Sylvan.Data.Csv.dll",
        "lib/System.Buffers.dll",
        "lib/System.IO.Pipelines.dll",
        "lib/System.Memory.dll",
        "lib/System.Numerics.Vectors.dll",
        "lib/System.Runtime.CompilerServices.Unsafe.dll",
        "lib/System.Text.Encoding.CodePages.dll",
        "lib/System.Text.Encodings.Web.dll",
        "lib/System.Text.Json.dll",
        "lib/System.Threading.Tasks.Extensions.dll",
        "lib/YamlDotNet.dll",
        "lib/net6.0/Sylvan.Data.Csv.dll",
    ];

    [Fact]
    public void The_module_has_exactly_the_expected_files()
    {
        string module = Path.GetDirectoryName(RepositoryFolder.Manifest)!;

        IEnumerable<string> files = Directory.EnumerateFiles(module, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(module, file).Replace('\\', '/'));

        Assert.Equal(s_expected, files.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_notices_name_every_library_of_others()
    {
        string module = Path.GetDirectoryName(RepositoryFolder.Manifest)!;
        string notices = File.ReadAllText(Path.Combine(module, "THIRD-PARTY-NOTICES.txt"));
        string list = notices[..notices.IndexOf("The MIT licence", StringComparison.Ordinal)];

        IEnumerable<string> named = list.Split(',', '\n').Select(line => line.Trim()).Where(line => !line.Contains(' ', StringComparison.Ordinal) && line.Length > 0);
        IEnumerable<string> shipped = Directory.EnumerateFiles(Path.Combine(module, "lib"), "*.dll", SearchOption.AllDirectories)
            .Select(Path.GetFileNameWithoutExtension).OfType<string>().Where(name => name != "EpPromo.Http").Distinct();

        Assert.Equal(shipped.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }
}
