using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Codes;

/// <summary>-Path resolves wildcards, as that of Export-Csv does; -LiteralPath takes each character as it is.</summary>
public sealed class LiteralPathTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    [Theory]
    [InlineData("-LiteralPath \"$folder/codes [1].csv\"", "codes [1].csv")]
    [InlineData("-LP \"$folder/codes [1].csv\"", "codes [1].csv")]
    [InlineData("-LiteralPath { \"$folder/$($_.Name).csv\" }", "[VIP] 20%.csv")]
    [InlineData("-Path { \"$folder/$($_.FileName).csv\" }", "(VIP) 20%.csv")]
    [InlineData("-Path \"$folder/codes ``[1``].csv\"", "codes [1].csv")]
    [InlineData("-Path \"$folder/there *.csv\"", "there 1.csv")]
    [InlineData("-Path \"$folder/there [1-2].csv\"", "there 1.csv")]
    public async Task Codes_are_written_to_the_file_that_is_meant(string parameter, string file)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("[VIP] 20%").Id;
        await File.WriteAllTextAsync(Path.Combine(_folder, "there 1.csv"), "old", TestContext.Current.CancellationToken);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run($"$folder, $id = $args; Get-EpPromotion -PromotionId $id | Request-EpPromotionCode -Count 2 {parameter}", _folder, id).ThrowIfFailed();

        Assert.Equal(3, (await File.ReadAllLinesAsync(Path.Combine(_folder, file), TestContext.Current.CancellationToken)).Length);
        Assert.Equal(file == "there 1.csv" ? 1 : 2, Directory.GetFiles(_folder).Length);
    }

    [Theory]
    [InlineData("-Path \"$folder/[VIP].csv\"", "matches 0 files")]
    [InlineData("-Path \"$folder/there *.csv\"", "matches 2 files")]
    [InlineData("-Path { \"$folder/$($_.Name).csv\" }", "matches 0 files")]
    public async Task A_pattern_that_does_not_match_one_file_is_an_error_before_anything_is_sent(string parameter, string message)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("[VIP]").Id;
        string[] there = [Path.Combine(_folder, "there 1.csv"), Path.Combine(_folder, "there 2.csv")];
        Array.ForEach(there, file => File.WriteAllText(file, "old"));
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run($"$folder, $id = $args; Get-EpPromotion -PromotionId $id | Request-EpPromotionCode -Count 2 {parameter}", _folder, id);

        Assert.Equal("AmbiguousPath,EpPromo.PowerShell.RequestEpPromotionCodeCommand", Assert.Single(result.ErrorIds));
        Assert.Contains(message, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("-LiteralPath", result.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(sandbox.Writes());
        Assert.Equal(there, Directory.GetFiles(_folder).Order());
    }

    [Theory]
    [InlineData("Get-EpPromotion | Export-EpPromotionCode -LiteralPath \"$folder/codes [1].csv\"")]
    [InlineData("'[VIP]' | Export-EpPromotionCode -LiteralPath \"$folder/codes [1].csv\"")]
    [InlineData("Export-EpPromotionCode -Promotion '[VIP]' -LP \"$folder/codes [1].csv\"")]
    [InlineData("Get-EpPromotion | New-EpPromotionJob -Export | Export-EpPromotionCode -LiteralPath \"$folder/codes [1].csv\"")]
    [InlineData("$job = Get-EpPromotion | New-EpPromotionJob -Export; Export-EpPromotionCode -Job $job -LiteralPath \"$folder/codes [1].csv\"")]
    [InlineData("Get-EpPromotion | New-EpPromotionJob -Export | Select-Object PromotionId, JobId | Export-EpPromotionCode -LiteralPath { \"$folder/codes [1].csv\" }")]
    public async Task Promotions_and_jobs_are_exported_to_a_literal_path(string command)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("[VIP]");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("$folder = $args[0]; " + command, _folder).ThrowIfFailed();

        Assert.Equal(["codes [1].csv"], result.Values("Name"));
        Assert.Single(sandbox.Writes());
    }

    [Theory]
    [InlineData("Request-EpPromotionCode -Promotion a-b -Count 2 -Path a.csv -LiteralPath b.csv", "AmbiguousParameterSet")]
    [InlineData("Export-EpPromotionCode -Promotion a-b -Path a.csv -LiteralPath b.csv", "PathAndLiteralPath")]
    public async Task Path_and_LiteralPath_cannot_be_used_together(string command, string errorId)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(command);

        Assert.StartsWith(errorId + ",", Assert.Single(result.ErrorIds), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
