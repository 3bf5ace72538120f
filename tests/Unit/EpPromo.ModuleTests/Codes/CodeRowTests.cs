using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Codes;

/// <summary>Codes as objects: the same shape from a list and from a file, and like any object to the commands after them.</summary>
[Collection(RenderingTests.Name)]
public sealed class CodeRowTests
{
    private const string FromList = "New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 3 -CodePrefix bf -MaxUsesPerCode 5 | Wait-EpPromotionJob | Receive-EpPromotionJob";

    private const string FromFile =
        """
        $null = New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 3 -CodePrefix bf -MaxUsesPerCode 5 | Wait-EpPromotionJob
        New-EpPromotionJob -Promotion $args[0] -Export | Wait-EpPromotionJob | Receive-EpPromotionJob
        """;

    [Theory]
    [InlineData(FromList)]
    [InlineData(FromFile)]
    public async Task The_properties_are_typed_and_in_one_order(string line)
    {
        RunResult codes = await RunAsync(line, Sandboxes.Quick with { ExportColumns = ["code", "uses", "max_uses", "created_at"] });

        Assert.Equal(3, codes.Output.Count);
        Assert.All(codes.Output, code =>
        {
            Assert.Contains("EpPromo.PromotionCode", code.TypeNames);
            Assert.Equal(
                [
                    "Code", "MaxUses", "Uses", "ConsumeUnit", "CreatedAt", "PromotionName", "PromotionId", "JobId", "Run", "CodeId", "User",
                    "MaxUsesPerShopper", "IncludesGuests", "IsForNewShopper", "Kind",
                ],
                code.Properties.Select(property => property.Name).Except(["max_uses", "created_at"]));
            Assert.Equal((5, 5), ((int)code.Properties["MaxUses"].Value, (int)code.Properties["Uses"].Value));
            Assert.IsType<DateTimeOffset>(code.Properties["CreatedAt"].Value);
        });
    }

    [Theory]
    [InlineData(FromList)]
    [InlineData(FromFile)]
    public async Task Codes_are_selected_filtered_sorted_and_written_like_any_object(string line)
    {
        RunResult results = await RunAsync(
            $$"""
            $codes = @(& { {{line}} } $args[0])
            ($codes | Sort-Object CreatedAt -Descending)[-1].CreatedAt -eq ($codes.CreatedAt | Measure-Object -Minimum).Minimum
            ($codes | Where-Object MaxUses -gt 4 | Where-Object CreatedAt -lt ([datetime]::UtcNow.AddHours(1))).Count -eq 3
            ($codes | Select-Object -Property Code, MaxUses | Get-Member -MemberType NoteProperty).Name -join ',' -eq 'Code,MaxUses'
            ($codes | Export-Csv -Path (Join-Path $args[1] rows.csv)) -eq $null
            $read = @(Import-Csv -Path (Join-Path $args[1] rows.csv))
            "$($read.Code)" -eq "$($codes.Code)" -and "$($read.MaxUses)" -eq '5 5 5'
            $json = $codes | ConvertTo-Json | ConvertFrom-Json
            "$($json.Code)" -eq "$($codes.Code)" -and $json[0].MaxUses -eq 5
            ($codes | Group-Object PromotionId).Count -eq 3
            """);

        Assert.All(results.Output, result => Assert.Equal(true, result.BaseObject));
        Assert.Equal(7, results.Output.Count);
    }

    [Fact]
    public async Task The_tables_are_the_same()
    {
        RunResult list = await RunAsync(FromList + " | Out-String -Width 120");
        RunResult file = await RunAsync(FromFile + " | Out-String -Width 120");

        Assert.Equal(Header(list), Header(file));
        Assert.StartsWith("Code ", Header(list), StringComparison.Ordinal);

        static string Header(RunResult table) =>
            table.Output[0].ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[0];
    }

    [Fact]
    public async Task Further_columns_of_a_file_are_reachable_by_their_names()
    {
        RunResult rows = await RunAsync(
            FromFile + " | ForEach-Object { \"$($_.max_uses) $($_.created_by.Length -gt 0) $($_.JobId_2) $($_.MaxUses.GetType().Name)\" }",
            Sandboxes.Quick with { ExportColumns = ["code", "max_uses", "created_by", "JobId"] });

        Assert.Equal(["5 True  Int32", "5 True  Int32", "5 True  Int32"], rows.Output.Select(row => row.ToString()));
    }

    private static Task<RunResult> RunAsync(string line) => RunAsync(line, Sandboxes.Quick);

    private static async Task<RunResult> RunAsync(string line, SandboxOptions options)
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(options);
        string id = sandbox.Store.AddPromotion("One").Id;
        string folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;
        try
        {
            using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
            return session.Run(line, id, folder).ThrowIfFailed();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
