using System.IO.Compression;
using System.Text.Json;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Codes;

/// <summary>The extension of -Path says in which format codes are written.</summary>
public sealed class FileFormatTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    [Fact]
    public async Task A_promotion_is_exported_as_json_with_typed_values()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("Summer Sale").Id;
        sandbox.Store.AddCodes(id, ["SUMMER-1", "SUMMER-2"]);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult rows = session.Run(
            "Get-EpPromotion | Export-EpPromotionCode -Path \"$($args[0])/codes.json\" | Get-Content -Raw | ConvertFrom-Json | ForEach-Object { $_ }",
            _folder).ThrowIfFailed();

        Assert.Equal(["SUMMER-1", "SUMMER-2"], rows.Values("Code").Order());
        Assert.All(rows.Values("PromotionId"), value => Assert.Equal(id, value));
        AssertReadableByOwnerOnly();
    }

    [Fact]
    public async Task A_run_is_written_as_json_lines_with_its_name()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string id = sandbox.Store.AddPromotion("Summer Sale").Id;
        sandbox.Store.AddCodes(id, ["OLD-1"]);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");

        session.Run("Request-EpPromotionCode -Promotion $args[1] -Count 5 -Name bf26 -MaxUses 1 -Path \"$($args[0])/codes.jsonl\"", _folder, id).ThrowIfFailed();

        JsonElement[] rows = [.. (await File.ReadAllLinesAsync(Path.Combine(_folder, "codes.jsonl"), TestContext.Current.CancellationToken))
            .Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(
            sandbox.Store.Codes(id).Where(code => code.Code != "OLD-1").Select(code => code.Code).Order(),
            rows.Select(row => row.GetProperty("Code").GetString()!).Order());
        Assert.All(rows, row => Assert.Equal("bf26", row.GetProperty("Run").GetString()));
        AssertReadableByOwnerOnly();
    }

    [Fact]
    public async Task A_workbook_is_written_as_such()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("Summer Sale").Id;
        sandbox.Store.AddCodes(id, ["=SUM(1,1)"]);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run("Get-EpPromotion | Export-EpPromotionCode -Path { \"$($args[0])/$($_.FileName).xlsx\" }".Replace("$($args[0])", _folder)).ThrowIfFailed();

        using ZipArchive workbook = await ZipFile.OpenReadAsync(Path.Combine(_folder, "Summer Sale.xlsx"), TestContext.Current.CancellationToken);
        using StreamReader sheet = new(await workbook.GetEntry("xl/worksheets/sheet1.xml")!.OpenAsync(TestContext.Current.CancellationToken));
        string xml = await sheet.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("=SUM(1,1)", xml, StringComparison.Ordinal);
        Assert.DoesNotContain("<f>", xml, StringComparison.Ordinal);
        AssertReadableByOwnerOnly();
    }

    [Theory]
    [InlineData("Export-EpPromotionCode -PromotionId $id -Path $folder/codes.xls")]
    [InlineData("Export-EpPromotionCode -PromotionId $id -Path $folder/codes.zip")]
    [InlineData("Request-EpPromotionCode -Promotion $id -Count 5 -Path $folder/codes.csv.gz")]
    public async Task An_extension_of_no_supported_format_is_an_error_before_anything_is_sent(string command)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("Summer Sale").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("$folder, $id = $args; " + command, _folder, id);

        Assert.StartsWith("UnknownFileFormat,", Assert.Single(result.ErrorIds), StringComparison.Ordinal);
        Assert.Empty(sandbox.Writes());
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_folder_whose_name_has_a_dot_is_a_folder()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("Summer Sale").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        Directory.CreateDirectory(Path.Combine(_folder, "codes.2026"));

        session.Run("Export-EpPromotionCode -PromotionId $args[1] -Path \"$($args[0])/codes.2026\"", _folder, id).ThrowIfFailed();
        session.Run("Export-EpPromotionCode -PromotionId $args[1] -Path \"$($args[0])/codes.2027/\"", _folder, id).ThrowIfFailed();

        Assert.Single(Directory.GetFiles(Path.Combine(_folder, "codes.2026"), "*_codes.csv"));
        Assert.Single(Directory.GetFiles(Path.Combine(_folder, "codes.2027"), "*_codes.csv"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Codes are worth money, in whatever format.</summary>
    private void AssertReadableByOwnerOnly() => Assert.All(
        Directory.GetFiles(_folder),
        file => Assert.True(
            OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite), file));
}
