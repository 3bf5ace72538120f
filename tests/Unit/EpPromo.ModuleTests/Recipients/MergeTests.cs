using System.Collections;
using System.Data;
using EpPromo.ModuleTests.Engine;

namespace EpPromo.ModuleTests.Recipients;

/// <summary>Merge-EpPromotionCode: which recipients and codes it takes, and what it emits and writes. It needs no store.</summary>
public sealed class MergeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;
    private readonly ModuleSession _session = new();

    private string Target => Path.Combine(_folder, "mailing.csv");

    [Fact]
    public async Task Rows_of_a_table_get_the_codes_of_another_one()
    {
        await WriteAsync("list.csv", "Email,Name\nmia@x,Mia\ntom@x,\"Tom, Jr.\"\n");
        await WriteAsync("codes.csv", "code,uses\nA1,1\nB2,1\nC3,1\n");

        RunResult result = Run("Import-Csv list.csv | Merge-EpPromotionCode mailing.csv -Key Email -CodePath codes.csv");

        result.ThrowIfFailed();
        Assert.Empty(result.Warnings);
        Assert.Equal(["mia@x", "tom@x"], result.Values("Email"));
        Assert.Equal(["A1", "B2"], result.Values("Code"));
        Assert.Equal(["True", "True"], result.Values("CodeIsNew"));
        Assert.Equal(Lines("Email,Name,Code", "mia@x,Mia,A1", "tom@x,\"Tom, Jr.\",B2"), await ReadAsync());
        Assert.Equal(["codes.csv", "list.csv", "mailing.csv"], Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_second_merge_gives_codes_only_to_new_recipients()
    {
        Run("'mia@x', 'tom@x' | Select-Object @{ n = 'Email'; e = { $_ } } | Merge-EpPromotionCode mailing.csv -Key Email -Code A1, B2").ThrowIfFailed();

        RunResult result = Run(
            "'ann@x', 'TOM@x', 'mia@x' | Select-Object @{ n = 'Email'; e = { $_ } } | Merge-EpPromotionCode mailing.csv -Key Email -Code A1, B2, C3")
            .ThrowIfFailed();

        Assert.Equal(["C3", "B2", "A1"], result.Values("Code"));
        Assert.Equal(["True", "False", "False"], result.Values("CodeIsNew"));
        Assert.Equal(Lines("Email,Code", "ann@x,C3", "TOM@x,B2", "mia@x,A1"), await ReadAsync());
    }

    [Fact]
    public async Task The_output_and_the_file_can_be_merged_again()
    {
        Run("$first = [pscustomobject]@{ Id = 7 } | Merge-EpPromotionCode mailing.csv -Key Id -Code A1").ThrowIfFailed();
        string written = await ReadAsync();

        Assert.Equal(["A1"], Run("$first | Merge-EpPromotionCode mailing.csv -Key Id").ThrowIfFailed().Values("Code"));
        Assert.Equal(written, await ReadAsync());
        Assert.Equal(["A1"], Run("Import-Csv mailing.csv | Merge-EpPromotionCode mailing.csv -Key Id").ThrowIfFailed().Values("Code"));
        Assert.Equal(written, await ReadAsync());
    }

    public static TheoryData<string, object> Recipients
    {
        get
        {
            DataTable table = new() { Columns = { "Email", { "Since", typeof(DateTime) } } };
            table.Rows.Add("mia@x", new DateTime(2026, 2, 3));
            return new()
            {
                { "hashtable", new Hashtable { ["Email"] = "mia@x" } },
                { "table", table },
                { "row", table.Rows[0] },
                { "object", new { Email = "mia@x", Nothing = (string?)null, Number = 1.5 } },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Recipients))]
    public async Task Any_object_can_be_a_recipient(string kind, object recipient)
    {
        RunResult result = _session.Run("$args[1] | Merge-EpPromotionCode $args[0] -Key Email -Code A1", Target, recipient).ThrowIfFailed();

        Assert.Equal(["A1"], result.Values("Code"));
        string[] lines = (await ReadAsync()).Split(Environment.NewLine);
        Assert.Equal(
            kind switch
            {
                "hashtable" => ["Email,Code", "mia@x,A1"],
                "object" => ["Email,Nothing,Number,Code", "mia@x,,1.5,A1"],
                _ => ["Email,Since,Code", "mia@x,2026-02-03T00:00:00.0000000,A1"],
            },
            lines[..2]);
    }

    [Fact]
    public async Task Codes_are_texts_objects_and_files_in_the_order_in_which_they_are_given()
    {
        await WriteAsync("codes.csv", "CODE\nD4\n");
        await WriteAsync("more-1.csv", "uses;Code\n1;E5\n");
        await WriteAsync("more-2.csv", "Code\nF6\n");

        RunResult result = Run(
            """
            1..6 | Select-Object @{ n = 'Id'; e = { $_ } } | Merge-EpPromotionCode mailing.csv -Key Id -CodePath more-*.csv -Code @(
                'A1', [pscustomobject]@{ Code = 'B2' }, @{ Code = 'C3' }, (Get-Item codes.csv))
            """).ThrowIfFailed();

        Assert.Equal(["A1", "B2", "C3", "D4", "E5", "F6"], result.Values("Code"));
    }

    [Fact]
    public void A_recipient_without_key_is_an_error_of_its_own()
    {
        RunResult result = Run("'mia@x', '', 'tom@x' | Select-Object @{ n = 'Email'; e = { $_ } }, @{ n = 'Name'; e = { 'N' } } | Merge-EpPromotionCode mailing.csv -Key Email -Code A1, B2");

        Assert.Equal(["RecipientKeyMissing,EpPromo.PowerShell.MergeEpPromotionCodeCommand"], result.ErrorIds);
        Assert.Null(result.Terminating);
        Assert.Equal(["mia@x", "tom@x"], result.Values("Email"));
    }

    [Fact]
    public void With_ErrorAction_Stop_a_recipient_without_key_prevents_the_merge()
    {
        RunResult result = Run("'mia@x', '' | Select-Object @{ n = 'Email'; e = { $_ } }, @{ n = 'Name'; e = { 'N' } } | Merge-EpPromotionCode mailing.csv -Key Email -Code A1, B2 -ErrorAction Stop");

        Assert.Equal(["RecipientKeyMissing,EpPromo.PowerShell.MergeEpPromotionCodeCommand"], result.ErrorIds);
        Assert.Empty(result.Output);
        Assert.False(File.Exists(Target));
    }

    [Theory]
    [InlineData("@() | Merge-EpPromotionCode mailing.csv -Key Email -Code A1", "NoRecipients")]
    [InlineData("$null | Merge-EpPromotionCode mailing.csv -Key Email -Code A1", "NoRecipients")]
    [InlineData("'mia@x' | Merge-EpPromotionCode mailing.csv -Key Email -Code A1", "KeyColumnMissing")]
    [InlineData("$r | Merge-EpPromotionCode mailing.csv -Key Mail -Code A1", "KeyColumnMissing")]
    [InlineData("$r | Merge-EpPromotionCode mailing.csv -Key Email", "TooFewCodes")]
    [InlineData("$r | Merge-EpPromotionCode mailing.csv -Key Email -Code $notSet", "TooFewCodes")]
    [InlineData("$r | Merge-EpPromotionCode mailing.csv -Key Email -Code @{ Kode = 1 }", "CodeMissing")]
    [InlineData("$r | Merge-EpPromotionCode mailing.csv -Key Email -CodePath missing.csv", "CannotReadFile")]
    [InlineData("$r | Merge-EpPromotionCode mailing.csv -Key Email -CodePath list.csv", "BadCodeFile")]
    [InlineData("$r | Merge-EpPromotionCode mailing.csv -Key Email -Code (Get-Item list.csv)", "BadCodeFile")]
    [InlineData("$r | Merge-EpPromotionCode mailing -Key Email -Code A1", "MergeNeedsCsv")]
    [InlineData("$r | Merge-EpPromotionCode mailing.xlsx -Key Email -Code A1", "MergeNeedsCsv")]
    [InlineData("$r | Merge-EpPromotionCode . -Key Email -Code A1", "MergeNeedsCsv")]
    [InlineData("$r | Merge-EpPromotionCode .csv -Key Email -Code A1", "EmptyFileName")]
    [InlineData("$r | Merge-EpPromotionCode missing/mailing.csv -Key Email -Code A1", "FolderMissing")]
    [InlineData("$r | Merge-EpPromotionCode list.csv -Key Email -Code A1 -NoClobber", "FileExists")]
    [InlineData("$r | Merge-EpPromotionCode list.csv -Key Email -Code A1", "BadRecipientFile")]
    public async Task What_cannot_be_merged_is_an_error_and_nothing_is_written(string command, string id)
    {
        await WriteAsync("list.csv", "Email,Name\nmia@x,Mia\n");

        RunResult result = Run($"$r = Import-Csv list.csv; try {{ {command} }} catch {{ throw }}");

        Assert.Equal([$"{id},EpPromo.PowerShell.MergeEpPromotionCodeCommand"], result.ErrorIds);
        Assert.NotNull(result.Terminating);
        Assert.Empty(result.Output);
        Assert.Equal(["list.csv"], Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName));
        Assert.Equal("Email,Name\nmia@x,Mia\n", await ReadAsync("list.csv"));
    }

    [Fact]
    public void WhatIf_says_what_would_happen_and_writes_nothing()
    {
        RecordingHost host = new(100);
        using ModuleSession session = new(host);

        RunResult result = session.Run(
            "[pscustomobject]@{ Id = 1 } | Merge-EpPromotionCode $args[0] -Key Id -Code A1 -WhatIf", Target).ThrowIfFailed();

        Assert.Empty(result.Output);
        Assert.Contains("1 recipient: 1 new, 0 as before", host.Screen, StringComparison.Ordinal);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public void Warnings_say_what_is_left_out_moved_or_strange()
    {
        Run("'mia', 'tom', '=x' | Select-Object @{ n = 'Id'; e = { $_ } } | Merge-EpPromotionCode mailing.csv -Key Id -Code A1, B2, C3").ThrowIfFailed();

        RunResult result = Run("'mia', ' MIA ', '=x', 'ann' | Select-Object @{ n = 'Id'; e = { $_ } } | Merge-EpPromotionCode mailing.csv -Key Id -Code D4, A1").ThrowIfFailed();

        Assert.Equal(4, result.Warnings.Count);
        Assert.Contains("'MIA', at positions 1 and 2", result.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("run 1 value of the list as a formula", result.Warnings[1], StringComparison.Ordinal);
        Assert.Contains("1 recipient of the list had codes before that are not among the given ones", result.Warnings[2], StringComparison.Ordinal);
        Assert.Contains("mailing.former.csv", result.Warnings[3], StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private RunResult Run(string script) => _session.Run("Set-Location -LiteralPath $args[0]; " + script, _folder);

    private Task WriteAsync(string name, string content) =>
        File.WriteAllTextAsync(Path.Combine(_folder, name), content, TestContext.Current.CancellationToken);

    private Task<string> ReadAsync(string name = "mailing.csv") =>
        File.ReadAllTextAsync(Path.Combine(_folder, name), TestContext.Current.CancellationToken);

    private static string Lines(params string[] lines) => string.Concat(lines.Select(line => line + Environment.NewLine));
}
