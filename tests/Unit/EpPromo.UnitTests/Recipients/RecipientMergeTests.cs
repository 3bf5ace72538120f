using EpPromo.Recipients;

namespace EpPromo.UnitTests.Recipients;

/// <summary>Each recipient gets exactly one code and keeps it; no code is given twice.</summary>
public sealed class RecipientMergeTests
{
    private readonly MergeStore _store = new();

    [Fact]
    public async Task The_recipients_get_the_codes_in_order_and_the_file_has_a_column_more()
    {
        string[] rows = await _store.MergeAsync(["Email,Name", "mia@x,Mia", "tom@x,Tom"], ["A1", "B2", "C3"]);

        Assert.Equal(["mia@x,Mia,A1*", "tom@x,Tom,B2*"], rows);
        Assert.Equal(Lines("Email,Name,Code", "mia@x,Mia,A1", "tom@x,Tom,B2"), _store.List);
        Assert.Null(_store.Former);
    }

    [Fact]
    public async Task A_longer_list_in_another_order_changes_names_but_no_codes()
    {
        await _store.MergeAsync(["Email,Name", "mia@x,Mia", "tom@x,Tom"], ["A1", "B2", "C3"]);

        string[] rows = await _store.MergeAsync(["Name,Email", "Ann,ann@x", "Thomas,tom@x", "Mia,mia@x"], ["A1", "B2", "C3"]);

        Assert.Equal(["Ann,ann@x,C3*", "Thomas,tom@x,B2", "Mia,mia@x,A1"], rows);
        Assert.Equal(Lines("Name,Email,Code", "Ann,ann@x,C3", "Thomas,tom@x,B2", "Mia,mia@x,A1"), _store.List);
    }

    [Theory]
    [InlineData("MIA@X")]
    [InlineData("  mia@x\u00A0")]
    [InlineData("Mia@x\t")]
    public async Task Case_and_white_space_do_not_make_another_recipient(string same)
    {
        MergeNotes? notes = null;

        string[] rows = await _store.MergeAsync(["Email,Name", "mia@x,Mia", $"{same},Mia 2", "tom@x,Tom"], ["A1", "B2"], merge => notes = merge.Notes);

        Assert.Equal(["mia@x,Mia,A1*", "tom@x,Tom,B2*"], rows);
        Assert.Equal((1, 1, 2), (notes!.RepeatedCount, notes.RepeatedFirst, notes.RepeatedSecond));
        Assert.Equal([$"{same},Mia,A1"], await _store.MergeAsync(["Email,Name", $"{same},Mia"], []));
    }

    [Fact]
    public async Task Both_Unicode_forms_of_a_letter_are_the_same_recipient_and_the_same_code()
    {
        await _store.MergeAsync(["Email", "re\u0301ne@x"], ["E\u0301TE\u0301"]);

        string[] rows = await _store.MergeAsync(["Email", "R\u00C9NE@x", "tom@x"], ["\u00E9t\u00E9", "B2"]);

        Assert.Equal(["R\u00C9NE@x,E\u0301TE\u0301", "tom@x,B2*"], rows);
    }

    [Fact]
    public async Task A_code_that_is_given_twice_is_used_once()
    {
        string[] rows = await _store.MergeAsync(["Email", "mia@x", "tom@x"], ["A1", "a1", "", " A1 ", "B2"]);

        Assert.Equal(["mia@x,A1*", "tom@x,B2*"], rows);
    }

    [Fact]
    public async Task Too_few_codes_are_an_error_that_says_how_many_more_and_nothing_is_written()
    {
        await _store.MergeAsync(["Email", "mia@x"], ["A1"]);
        string? before = _store.List;

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(
            () => _store.MergeAsync(["Email", "mia@x", "tom@x", "ann@x", "bob@x"], ["A1", "B2"]));

        Assert.Equal("TooFewCodes", error.ErrorId);
        Assert.Contains("3 recipients", error.Message, StringComparison.Ordinal);
        Assert.Contains("2 too few", error.Message, StringComparison.Ordinal);
        Assert.Contains("2 codes more", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(before, _store.List);
    }

    [Fact]
    public async Task Who_leaves_the_list_is_in_another_file_and_their_code_is_not_given_to_others()
    {
        await _store.MergeAsync(["Email,Name", "mia@x,Mia", "tom@x,Tom"], ["A1", "B2"]);

        string[] rows = await _store.MergeAsync(["Email,Name", "ann@x,Ann", "tom@x,Tom"], ["A1", "B2", "C3"]);

        Assert.Equal(["ann@x,Ann,C3*", "tom@x,Tom,B2"], rows);
        Assert.Equal(Lines("Email,Name,Code", "ann@x,Ann,C3", "tom@x,Tom,B2"), _store.List);
        Assert.Equal(Lines("Email,Name,Code", "mia@x,Mia,A1"), _store.Former);
    }

    [Fact]
    public async Task Who_returns_has_the_same_code_again_and_leaves_the_other_file()
    {
        await _store.MergeAsync(["Email", "mia@x", "tom@x"], ["A1", "B2"]);
        await _store.MergeAsync(["Email", "ann@x"], ["C3"]);
        Assert.Equal(Lines("Email,Code", "mia@x,A1", "tom@x,B2"), _store.Former);

        Assert.Equal(["mia@x,A1", "ann@x,C3"], await _store.MergeAsync(["Email", "mia@x", "ann@x"], []));
        Assert.Equal(Lines("Email,Code", "tom@x,B2"), _store.Former);

        Assert.Equal(["mia@x,A1", "tom@x,B2", "ann@x,C3"], await _store.MergeAsync(["Email", "mia@x", "tom@x", "ann@x"], []));
        Assert.Null(_store.Former);
    }

    [Fact]
    public async Task A_person_can_be_removed_from_the_file_of_former_recipients_while_their_code_stays_reserved()
    {
        _store.List = Lines("Email,Code");
        _store.Former = Lines("Email,Code", ",A1");

        Assert.Equal(["mia@x,B2*"], await _store.MergeAsync(["Email", "mia@x"], ["A1", "B2"]));
        await _store.MergeAsync(["Email", "tom@x"], ["C3"]);

        Assert.Equal(Lines("Email,Code", ",A1", "mia@x,B2"), _store.Former);
    }

    [Fact]
    public async Task Columns_that_only_the_file_has_are_kept_also_for_those_who_leave_and_return()
    {
        _store.List = Lines("Email,Code,Sent,Name", "mia@x,A1,yes,Old", "tom@x,B2,no,Tom");
        await _store.MergeAsync(["Email,Name", "tom@x,Tom"], []);

        string[] rows = await _store.MergeAsync(["Email,Name", "ann@x,Ann", "mia@x,Mia", "tom@x,Tom"], ["C3"]);

        Assert.Equal(["ann@x,Ann,C3,*", "mia@x,Mia,A1,yes", "tom@x,Tom,B2,no"], rows);
        Assert.Equal(Lines("Email,Name,Code,Sent", "ann@x,Ann,C3,", "mia@x,Mia,A1,yes", "tom@x,Tom,B2,no"), _store.List);
    }

    [Fact]
    public async Task A_row_that_comes_with_its_code_is_the_row_of_the_file()
    {
        await _store.MergeAsync(["Email", "mia@x"], ["A1"]);

        Assert.Equal(["mia@x,A1"], await _store.MergeAsync(["Email,Code", "mia@x,a1 "], []));
        Assert.Equal(["mia@x,A1", "tom@x,B2*"], await _store.MergeAsync(["Code,Email", ",mia@x", ",tom@x"], ["B2"]));
    }

    [Theory]
    [InlineData("mia@x,B2")]
    [InlineData("tom@x,B2")]
    [InlineData("tom@x,A1")]
    public async Task A_row_with_another_code_is_an_error_since_its_recipient_would_get_a_second_one(string row)
    {
        await _store.MergeAsync(["Email", "mia@x"], ["A1"]);

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => _store.MergeAsync(["Email,Code", row], ["A1", "B2"]));

        Assert.Equal("RecipientHasOtherCode", error.ErrorId);
    }

    [Fact]
    public async Task Codes_that_are_not_among_the_given_ones_stay_and_are_counted()
    {
        await _store.MergeAsync(["Email", "mia@x", "tom@x"], ["A1", "B2"]);
        int counted = -1;

        string[] rows = await _store.MergeAsync(["Email", "mia@x", "tom@x", "ann@x"], ["B2", "C3"], merge => counted = merge.CountForeignCodes());

        Assert.Equal(["mia@x,A1", "tom@x,B2", "ann@x,C3*"], rows);
        Assert.Equal(1, counted);

        await _store.MergeAsync(["Email", "mia@x"], [], merge => counted = merge.CountForeignCodes());
        Assert.Equal(0, counted);
    }

    [Fact]
    public async Task Rows_of_different_columns_make_a_table_of_all_columns()
    {
        using RecipientMerge merge = new(
            new MergeOptions("Email", "", ""), new EpPromo.Http.Csv.CsvTables(), () => new MemoryStream(), null, null, _ => { });
        merge.Add(["Email"], ["mia@x"]);
        merge.Add(["Name", "email", "City"], ["Tom", "tom@x", "Bonn"]);
        merge.EndList(TestContext.Current.CancellationToken);
        merge.Offer("A1");
        merge.Offer("B2");
        merge.EndCodes(TestContext.Current.CancellationToken);

        await merge.WriteAsync(_store, TestContext.Current.CancellationToken);

        Assert.Equal(Lines("Email,Name,City,Code", "mia@x,,,A1", "tom@x,Tom,Bonn,B2"), _store.List);
    }

    [Fact]
    public async Task An_empty_row_is_left_out_and_one_without_key_is_an_error()
    {
        Assert.Equal(["mia@x,Mia,A1*"], await _store.MergeAsync(["Email,Name", ",", "mia@x,Mia", ", "], ["A1"]));

        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => _store.MergeAsync(["Email,Name", "mia@x,Mia", " ,Tom"], ["A1"]));

        Assert.Equal("RecipientKeyMissing", error.ErrorId);
        Assert.Contains("position 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_no_column_is_an_error_with_the_columns_that_there_are()
    {
        EpPromoException error = await Assert.ThrowsAsync<EpPromoException>(() => _store.MergeAsync(["Mail,Name", "mia@x,Mia"], ["A1"]));

        Assert.Equal("KeyColumnMissing", error.ErrorId);
        Assert.Contains("Mail, Name", error.Message, StringComparison.Ordinal);
    }

    private static string Lines(params string[] lines) => string.Concat(lines.Select(line => line + Environment.NewLine));
}
