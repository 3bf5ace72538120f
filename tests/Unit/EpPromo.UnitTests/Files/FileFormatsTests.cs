using EpPromo.Codes;
using EpPromo.PowerShell.Files;

namespace EpPromo.UnitTests.Files;

/// <summary>The extension of a file says which format it has.</summary>
public class FileFormatsTests
{
    [Theory]
    [InlineData("/a.b/codes.csv", nameof(CodeFileFormat.Csv))]
    [InlineData("codes.CSV", nameof(CodeFileFormat.Csv))]
    [InlineData("codes.txt", nameof(CodeFileFormat.Csv))]
    [InlineData("codes.csv.json", nameof(CodeFileFormat.Json))]
    [InlineData("codes.jsonl", nameof(CodeFileFormat.JsonLines))]
    [InlineData("codes.ndjson", nameof(CodeFileFormat.JsonLines))]
    [InlineData("codes.Xlsx", nameof(CodeFileFormat.Xlsx))]
    public void An_extension_has_a_format(string path, string format) => Assert.Equal(format, FileFormats.Of(path).ToString());

    [Theory]
    [InlineData("codes.xls")]
    [InlineData("codes.csv.gz")]
    [InlineData("codes.zip")]
    [InlineData("codes.tsv")]
    [InlineData("codes.2026")]
    public void No_file_is_something_else_than_its_name_says(string path)
    {
        EpPromoException e = Assert.Throws<EpPromoException>(() => FileFormats.Of(path));

        Assert.Equal((ErrorKind.File, "UnknownFileFormat"), (e.Kind, e.ErrorId));
        Assert.Contains(".xlsx", e.RecommendedAction, StringComparison.Ordinal);
    }
}
