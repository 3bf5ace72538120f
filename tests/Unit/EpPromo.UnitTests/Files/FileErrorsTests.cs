using EpPromo.PowerShell.Files;

namespace EpPromo.UnitTests.Files;

/// <summary>What is said of a file that cannot be written.</summary>
public class FileErrorsTests
{
    [Theory]
    [InlineData(0x80070020, "FileInUse")]
    [InlineData(0x80070021, "FileInUse")]
    [InlineData(0x80070070, "CannotWriteFile")]
    public void A_file_that_is_open_in_another_program_is_told_from_other_errors(uint result, string errorId) =>
        Assert.Equal(errorId, FileErrors.CannotWrite("/codes/a.csv", new IOException("Disk full.", unchecked((int)result))).ErrorId);

    [Theory]
    [InlineData(null, null, "Export-EpPromotionCode -LiteralPath '/it''s/a [1].csv' -Promotion 'p-1'")]
    [InlineData("bf26", null, "Get-EpPromotionRun -Promotion 'p-1' -Name 'bf26' | Export-EpPromotionCode -LiteralPath '/it''s/a [1].csv'")]
    [InlineData("a*'s", null, "Get-EpPromotionRun -Promotion 'p-1' -Name 'a`*''s' | Export-EpPromotionCode -LiteralPath '/it''s/a [1].csv'")]
    [InlineData("bf26", "j-1", "Get-EpPromotionJob -Promotion 'p-1' -JobId 'j-1' | Export-EpPromotionCode -LiteralPath '/it''s/a [1].csv'")]
    public void An_error_after_the_codes_exist_has_the_command_that_exports_them_again(string? run, string? job, string command)
    {
        const string Path = "/it's/a [1].csv";
        ExportCommand exportAgain = new(new OutputTarget("p-1") { PromotionName = "Summer Sale", Run = run, JobId = job }, Path);

        EpPromoException e = FileErrors.NotWritten(Path, new IOException("Disk full."), exportAgain);

        Assert.Equal(command, exportAgain.ToString());
        Assert.Equal("FileNotWritten", e.ErrorId);
        Assert.Equal("The codes are in the store, but the file '/it's/a [1].csv' was not written: Disk full.", e.Message);
        Assert.EndsWith(command, e.RecommendedAction, StringComparison.Ordinal);
    }
}
