using System.Globalization;
using EpPromo.ModuleTests.Engine;

namespace EpPromo.ModuleTests.Output;

/// <summary>
/// Tables at 60, 80, 100 and 120 columns. The engine shrinks columns that do not fit and wraps their titles, so each title must be on one
/// line, and each value that decides must be whole.
/// </summary>
[Collection(RenderingTests.Name)]
public sealed class TableTests
{
    /// <summary>Emits an object with names that are longer than any column, and values of the greatest width that a store can report.</summary>
    private const string Emit =
        """
        function New-Model($Type, [hashtable] $Property) {
            $isCode = $Type -eq 'PromotionCode'
            $modelType = if ($isCode) { [EpPromo.PromotionCode].Assembly.GetType('EpPromo.Codes.ListedCode') } else { "EpPromo.$Type" -as [type] }
            $model = [Activator]::CreateInstance($modelType, $true)
            foreach ($entry in $Property.GetEnumerator()) {
                $null = $model.GetType().GetProperty($entry.Key).GetSetMethod($true).Invoke($model, @($entry.Value))
            }

            if ($isCode) { [Activator]::CreateInstance([EpPromo.PromotionCode], [Reflection.BindingFlags] 'Instance, NonPublic', $null, @($model), $null) }
            else { $model }
        }

        $id = '1d3811c0-9afc-4842-9c41-12bf584e96b1'
        $time = [DateTimeOffset] [datetime] '2026-11-28T22:44:39'
        $promotion = @{ PromotionId = $id; PromotionName = 'Summer Sale 2026, newsletter of Austria, ladies' }
        switch ($args[0]) {
            Promotion {
                New-Model Promotion @{
                    PromotionId = $id; Name = $promotion.PromotionName; Enabled = $true; Priority = 123456789; Start = $time; End = $time.AddDays(30)
                }
            }
            Difference {
                New-Model PromotionDifference ($promotion + @{
                    Change = 'Create'; Property = 'Description'; Current = '2027-09-30T22:00:15Z'; Desired = '2027-09-30T22:00Z'; Applied = $true
                })
            }
            Unnamed { New-Model PromotionJob @{ PromotionId = $id; Status = 'cancelling'; NumberOfCodes = 1000; Generated = 1000; CreatedAt = $time } }
            Job {
                New-Model PromotionJob ($promotion + @{
                    JobId = $id; Status = 'cancelling'; NumberOfCodes = 1000; Generated = 1000; Name = 'Mailing to old customers 0007/0025'; CreatedAt = $time
                })
            }
            Batch {
                New-Model PromotionJob ($promotion + @{
                    JobId = $id; Status = 'completed'; NumberOfCodes = 1000; Name = 'ep-20261128-224439-wufep6y3 0007/0025'; CreatedAt = $time
                })
            }
            Export {
                New-Model PromotionJob ($promotion + @{ JobId = $id; JobType = 'code_export'; Status = 'pending'; Name = 'ep-20261128-224439-wufep6y3' })
            }
            Code {
                New-Model PromotionCode ($promotion + @{
                    Code = 'twenty-letters-12345-aaaa-bbbb-cccc-dddd'; MaxUses = 100000000; Uses = 100000000; CreatedAt = $time
                    ConsumeUnit = 'per_application'
                })
            }
            Usage {
                New-Model PromotionUsage ($promotion + @{
                    Code = 'forty-letters-1234567890-aaaa-bbbb-cccc-dddd'; UsedOn = $time; TimesUsed = 12345; OrderId = $id
                    CustomerEmail = 'firstname.lastname@example.com'
                })
            }
            Measured {
                New-Model CodeMeasurement ($promotion + @{
                    Run = 'bf26'; Codes = [long] 1000000000; Used = [long] 100000000; LastUsed = $time; FirstUsed = $time; UsesLeft = [long] 100000000
                    MinRoom = [long] 0; MaxRoom = [Nullable[long]] 1000000
                })
            }
            Runs {
                $parts = [Array]::CreateInstance([EpPromo.CodeRun], 1)
                $parts[0] = New-Model CodeRun ($promotion + @{
                    Name = 'ep-20261128-224439-wufep6y3'; Requested = 100000000; Generated = 100000000; Jobs = 1234567; Status = 'incomplete'
                    Started = $time; Finished = $time.AddHours(30)
                })
                [Activator]::CreateInstance([EpPromo.PromotionRun], [Reflection.BindingFlags] 'Instance, NonPublic', $null, @(, $parts), $null)
            }
            File {
                $file = [IO.FileInfo]::new('Summer Sale_ep-20261128-224439-wufep6y3.csv')
                $file.PSTypeNames.Insert(0, 'EpPromo.CodeFile')
                $file | Add-Member -NotePropertyMembers ($promotion + @{ Codes = 1000000 }) -PassThru
            }
            Open { New-Model CodeRun ($promotion + @{ Name = 'spring'; MaxRequested = 5000000; Status = 'processing'; Started = $time }) }
            Run {
                New-Model CodeRun ($promotion + @{
                    Name = 'spring'; Requested = 100000000; Generated = 100000000; Jobs = 12345; Status = 'incomplete'
                    Started = $time; Finished = $time.AddHours(30)
                })
            }
        }
        """;

    private const string Id = "1d3811c0-9afc-4842-9c41-12bf584e96b1";

    [Theory]
    [InlineData("Promotion", 60, "Name Enabled Start End", "Summer Sale 20…ustria, ladies True 2026-11-28 2026-12-28")]
    [InlineData(
        "Promotion", 80, "Name Enabled Start End Automatic Priority",
        "Summer Sale 20…ustria, ladies True 2026-11-28 2026-12-28 False 123456789")]
    [InlineData(
        "Promotion", 100, "Name Enabled Start End Automatic Priority PromotionId",
        "Summer Sale 20…ustria, ladies True 2026-11-28 2026-12-28 False 123456789 1d3811c0-9afc-4842…")]
    [InlineData(
        "Promotion", 120, "Name Enabled Start End Automatic Priority PromotionId",
        "Summer Sale 20…ustria, ladies True 2026-11-28 2026-12-28 False 123456789 " + Id)]
    [InlineData("Difference", 60, "Promotion Change Property Desired", "Summer Sa…a, ladies Create Description 2027-09-30T22:00Z")]
    [InlineData(
        "Difference", 80, "Promotion Change Property Desired Current",
        "Summer Sa…a, ladies Create Description 2027-09-30T22:00Z 2027-09-30T22:00:1…")]
    [InlineData(
        "Difference", 100, "Promotion Change Property Desired Current Applied",
        "Summer Sa…a, ladies Create Description 2027-09-30T22:00Z 2027-09-30T22:00:1… True")]
    [InlineData("Job", 60, "Promotion Status Codes CreatedAt", "Summer Sal…ia, ladies cancelling 1000/1000 2026-11-28 22:44")]
    [InlineData(
        "Job", 80, "Promotion Status Codes CreatedAt Name",
        "Summer Sal…ia, ladies cancelling 1000/1000 2026-11-28 22:44 Mailing t…0007/0025")]
    [InlineData(
        "Job", 100, "Promotion Status Codes CreatedAt Name JobId",
        "Summer Sal…ia, ladies cancelling 1000/1000 2026-11-28 22:44 Mailing t…0007/0025 1d3811c0-9afc-4842…")]
    [InlineData(
        "Job", 120, "Promotion Status Codes CreatedAt Name JobId",
        "Summer Sal…ia, ladies cancelling 1000/1000 2026-11-28 22:44 Mailing t…0007/0025 " + Id)]
    [InlineData("Unnamed", 60, "Promotion Status Codes CreatedAt", "1d3811c0-9…bf584e96b1 cancelling 1000/1000 2026-11-28 22:44")]
    [InlineData(
        "Batch", 80, "Promotion Status Codes CreatedAt Name",
        "Summer Sal…ia, ladies completed 0/1000 2026-11-28 22:44 …wufep6y3 0007/0025")]
    [InlineData("Export", 80, "Promotion Status Codes CreatedAt Name", "Summer Sal…ia, ladies pending export …wufep6y3")]
    [InlineData("Code", 60, "Code Promotion", "twenty-letters-12345-aaaa-bbbb-cccc-dddd Summer Sa…, ladies")]
    [InlineData(
        "Code", 80, "Code Promotion MaxUses Uses left", "twenty-letters-12345-aaaa-bbbb-cccc-dddd Summer Sa…, ladies 100000000 100000000")]
    [InlineData(
        "Code", 100, "Code Promotion MaxUses Uses left CreatedAt",
        "twenty-letters-12345-aaaa-bbbb-cccc-dddd Summer Sa…, ladies 100000000 100000000 2026-11-28 22:44:39")]
    [InlineData(
        "Code", 120, "Code Promotion MaxUses Uses left CreatedAt ConsumeUnit",
        "twenty-letters-12345-aaaa-bbbb-cccc-dddd Summer Sa…, ladies 100000000 100000000 2026-11-28 22:44:39 per_application")]
    [InlineData("Usage", 60, "Code UsedOn Times", "forty-letters-12…a-bbbb-cccc-dddd 2026-11-28 22:44:39 12345")]
    [InlineData(
        "Usage", 80, "Code UsedOn Times CustomerEmail",
        "forty-letters-12…a-bbbb-cccc-dddd 2026-11-28 22:44:39 12345 firstname…ample.com")]
    [InlineData(
        "Usage", 100, "Code UsedOn Times CustomerEmail Promotion",
        "forty-letters-12…a-bbbb-cccc-dddd 2026-11-28 22:44:39 12345 firstname…ample.com Summer Sa…a, ladies")]
    [InlineData("Measured", 60, "Promotion Codes Used Redeemed", "Summer Sale 20…, ladies: bf26 1000000000 100000000 10.0%")]
    [InlineData(
        "Measured", 80, "Promotion Codes Used Redeemed LastUsed",
        "Summer Sale 20…, ladies: bf26 1000000000 100000000 10.0% 2026-11-28 22:44:39")]
    [InlineData(
        "Measured", 100, "Promotion Codes Used Redeemed LastUsed UsesLeft Room",
        "Summer Sale 20…, ladies: bf26 1000000000 100000000 10.0% 2026-11-28 22:44:39 100000000 <=1000000")]
    [InlineData(
        "Measured", 120, "Promotion Codes Used Redeemed LastUsed UsesLeft Room FirstUsed",
        "Summer Sale 20…, ladies: bf26 1000000000 100000000 10.0% 2026-11-28 22:44:39 100000000 <=1000000 2026-11-28 22:44:39")]
    [InlineData(
        "Run", 60, "Promotion Requested Generated Status", "Summer Sale 20…stria, ladies 100000000 100000000 incomplete")]
    [InlineData(
        "Run", 80, "Promotion Requested Generated Status Elapsed Jobs",
        "Summer Sale 20…stria, ladies 100000000 100000000 incomplete 30:00:00 12345")]
    [InlineData(
        "Run", 100, "Promotion Requested Generated Status Elapsed Jobs PromotionId",
        "Summer Sale 20…stria, ladies 100000000 100000000 incomplete 30:00:00 12345 1d3811c0-9afc-4842…")]
    [InlineData(
        "Run", 120, "Promotion Requested Generated Status Elapsed Jobs PromotionId",
        "Summer Sale 20…stria, ladies 100000000 100000000 incomplete 30:00:00 12345 " + Id)]
    [InlineData("Runs", 60, "Name Requested Generated Status", "ep-20261128-224439-wufep6y3 100000000 100000000 incomplete")]
    [InlineData(
        "Runs", 80, "Name Requested Generated Status Started",
        "ep-20261128-224439-wufep6y3 100000000 100000000 incomplete 2026-11-28 22:44:39")]
    [InlineData(
        "Runs", 100, "Name Requested Generated Status Started Promotions Jobs",
        "ep-20261128-224439-wufep6y3 100000000 100000000 incomplete 2026-11-28 22:44:39 1 1234567")]
    [InlineData(
        "Runs", 120, "Name Requested Generated Status Started Promotions Jobs Finished",
        "ep-20261128-224439-wufep6y3 100000000 100000000 incomplete 2026-11-28 22:44:39 1 1234567 2026-11-30 04:44:39")]
    [InlineData("File", 60, "Promotion Codes Name", "Summer Sale…ia, ladies 1000000 Summer Sale_ep-20261128-2244")]
    [InlineData("File", 80, "Promotion Codes Name", "Summer Sale…ia, ladies 1000000 Summer Sale_ep-20261128-224439-wufep6y3.csv")]
    [InlineData("Open", 60, "Promotion Requested Generated Status", "Summer Sale 20…stria, ladies <=5000000 processing")]
    public void No_title_wraps_and_what_decides_is_whole(string type, int screen, string titles, string row)
    {
        using ModuleSession session = new();

        // A console leaves its last column free; a log does not.
        Assert.Equal((titles, row), TableOf(session, type, screen - 1));
        Assert.Equal(titles, TableOf(session, type, screen).Titles);
    }

    [Theory]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    [InlineData("fi-FI")]
    [InlineData("en-US")]
    public void Times_look_the_same_in_every_culture(string culture)
    {
        using ModuleSession session = new();
        session.Run("[cultureinfo]::CurrentCulture = $args[0]", culture).ThrowIfFailed();

        Assert.EndsWith("True 2026-11-28 2026-12-28", TableOf(session, "Promotion", 59).Row);
        Assert.EndsWith("cancelling 1000/1000 2026-11-28 22:44", TableOf(session, "Job", 59).Row);
        Assert.EndsWith("2026-11-28 22:44:39", TableOf(session, "Code", 99).Row);
        Assert.EndsWith("incomplete 30:00:00 12345", TableOf(session, "Run", 79).Row);
    }

    [Fact]
    public void Times_are_local_whatever_zone_the_store_reports()
    {
        using ModuleSession session = new();
        DateTimeOffset time = new(2026, 11, 28, 22, 44, 39, TimeSpan.FromHours(14));

        string row = Show(session, "$time = $args[1]; New-Model PromotionJob @{ CreatedAt = $time }", 120, "", time)[2];

        Assert.Equal(time.LocalDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), row.Trim()[^16..]);
    }

    /// <summary>Half of a surrogate pair would be shown as U+FFFD.</summary>
    [Theory]
    [InlineData("12345678😀123456789😀1234567", "12345678…1234567")]
    [InlineData("123456789😀12345678😀123456789", "123456789…23456789")]
    [InlineData("123456789012345678", "123456789012345678")]
    [InlineData("1234567890123456789", "123456789…23456789")]
    public void A_shortened_name_keeps_whole_characters_of_both_ends(string name, string shown)
    {
        using ModuleSession session = new();

        string row = Show(session, "New-Model PromotionCode @{ Code = 'code'; PromotionName = $args[1] }", 80, "", name)[2];

        Assert.Equal($"code {shown}", Words(row));
    }

    [Fact]
    public void A_table_leaves_no_errors_in_a_strict_session()
    {
        using ModuleSession session = new();
        session.Run("Set-StrictMode -Version Latest").ThrowIfFailed();

        Show(session, "'Promotion', 'PromotionJob', 'PromotionCode', 'PromotionUsage', 'CodeMeasurement', 'CodeRun' | ForEach-Object { New-Model $_ @{} | Out-String }", 120, "");

        Assert.Equal("0", session.Run("$Error.Count").Output.Single().ToString());
    }

    /// <summary>The titles and the first row of a table, their words separated by one space.</summary>
    private static (string Titles, string Row) TableOf(ModuleSession session, string type, int width)
    {
        string[] lines = Show(session, "", width, type);
        int underline = Array.FindIndex(lines, line => line.StartsWith("---", StringComparison.Ordinal));
        Assert.True(underline > 0, string.Join('\n', lines));
        Assert.All(lines, line => Assert.True(line.Length <= width, line));
        return (Words(lines[underline - 1]), Words(lines[underline + 1]));
    }

    /// <summary>The lines of what the script emits, without colours and empty lines.</summary>
    private static string[] Show(ModuleSession session, string script, int width, params object[] arguments) =>
        session.Run(
            $$"""
            $before = $PSStyle.OutputRendering
            $PSStyle.OutputRendering = 'PlainText'
            try { . { {{Emit}}
            {{script}} } @args | Out-String -Width {{width}} } finally { $PSStyle.OutputRendering = $before }
            """,
            arguments)
            .ThrowIfFailed().Output.Single().ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Words(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
