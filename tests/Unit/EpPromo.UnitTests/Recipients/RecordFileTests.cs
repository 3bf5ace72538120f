namespace EpPromo.UnitTests.Recipients;

/// <summary>The file that records who has which code: a damaged one is an error and is not replaced; its format is kept.</summary>
public sealed class RecordFileTests
{
    private readonly MergeStore _store = new();

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("{\"Email\": 1}", "HTML or JSON")]
    [InlineData("Email,Name\nmia@x,Mia\n", "no column 'Code'")]
    [InlineData("Mail,Code\nmia@x,A1\n", "no column 'Email'")]
    [InlineData("Email,Code\nmia@x,A1\n,B2\n", "row 3 has no value in the column 'Email'")]
    [InlineData("Email,Code\nmia@x,A1\ntom@x,\n", "row 3 has no code")]
    [InlineData("Email,Code\nmia@x,A1\n MIA@x,B2\n", "row 3 repeats the recipient 'MIA@x'")]
    [InlineData("Email,Code\nmia@x,A1\ntom@x,a1\n", "row 3 repeats the code 'a1'")]
    [InlineData("Email,Code\nmia@x,A1,?\n", "row 2 has 3 values, and the header has 2")]
    [InlineData("Email,Code\nmia@x,\"A1\n", "row 2 cannot be read")]
    [InlineData("Email,Code,email\nmia@x,A1,\n", "two columns named 'Email'")]
    [InlineData("Email,,Code\nmia@x,,A1\n", "a column has no name")]
    [InlineData("Email,Code\nmia@x,A\01\n", "binary")]
    public async Task A_damaged_file_is_an_error_that_says_where_and_is_kept(string file, string detail)
    {
        _store.List = file;

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => _store.MergeAsync(["Email", "ann@x"], ["C3"]));

        Assert.Equal("BadRecipientFile", error.ErrorId);
        Assert.Contains(detail, error.Message, StringComparison.Ordinal);
        Assert.Contains("'list.csv'", error.Message, StringComparison.Ordinal);
        Assert.Equal(file, _store.List);
    }

    [Theory]
    [InlineData("Email,Code\nmia@x,B2\n", "row 2 repeats the recipient 'mia@x'")]
    [InlineData("Email,Code\ntom@x,A1\n", "row 2 repeats the code 'A1'")]
    [InlineData("Email,Code\ntom@x,B2\ntom@x,B2\n", "row 3 repeats the recipient 'tom@x'")]
    public async Task Two_files_that_contradict_each_other_are_an_error(string former, string detail)
    {
        _store.List = "Email,Code\nmia@x,A1\n";
        _store.Former = former;

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => _store.MergeAsync(["Email", "ann@x"], ["C3"]));

        Assert.Equal("BadRecipientFile", error.ErrorId);
        Assert.Contains("'list.former.csv'", error.Message, StringComparison.Ordinal);
        Assert.Contains(detail, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_former_recipients_without_the_merged_file_is_an_error()
    {
        // A merge writes it only beside the merged file, so that one was lost: who was in it has codes that must not be given again.
        _store.Former = "Email,Code\nmia@x,A1\n";

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => _store.MergeAsync(["Email", "ann@x"], ["B2"]));

        Assert.Equal("BadRecipientFile", error.ErrorId);
        Assert.Contains("'list.csv'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'list.former.csv'", error.Message, StringComparison.Ordinal);
        Assert.Null(_store.List);
    }

    [Theory]
    [InlineData("Email,Code\nmia@x,A1\n")]
    [InlineData("email , CODE\r\n\"mia@x\",\"A1\"\r\n\r\n")]
    [InlineData("Email,Code,,\nmia@x,A1,,\n,,,\n")]
    [InlineData("Code;Email\nA1;mia@x\n")]
    [InlineData("Email\tCode\nmia@x\tA1")]
    [InlineData("\uFEFFEmail;Code\nmia@x;A1\n")]
    public async Task Spreadsheets_may_save_the_file_in_their_way(string file)
    {
        _store.List = file;

        Assert.Equal(["mia@x,A1", "ann@x,C3*"], await _store.MergeAsync(["Email", "mia@x", "ann@x"], ["C3"]));
        char delimiter = file.Contains(';', StringComparison.Ordinal) ? ';' : file.Contains('\t', StringComparison.Ordinal) ? '\t' : ',';
        string mark = file.StartsWith('\uFEFF') ? "\uFEFF" : "";
        Assert.StartsWith($"{mark}Email{delimiter}Code{Environment.NewLine}mia@x{delimiter}A1", _store.List, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_keeps_any_value()
    {
        string[] values = ["a;b", " padded ", "say \"hi\"", "line\nbreak", "tab\there", "été 夏 🌞", "=1+1", "'", "-5", "\u200Bzero"];
        foreach (string value in values)
        {
            _store.List = _store.Former = null;
            await _store.MergeAsync(["Email,Note", "mia@x," + value], ["A1"]);

            string[] rows = await _store.MergeAsync(["Email", "mia@x"], []);

            Assert.Equal(["mia@x,A1," + value], rows);
        }
    }
}
