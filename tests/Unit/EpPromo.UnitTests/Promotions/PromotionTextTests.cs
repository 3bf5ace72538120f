using EpPromo.Promotions;

namespace EpPromo.UnitTests.Promotions;

/// <summary>Names in messages, the nearest names, and the names of a snapshot.</summary>
public class PromotionTextTests
{
    private const string One = "11111111-0000-0000-0000-000000000001";
    private const string Two = "11111111-0000-0000-0000-000000000002";

    [Theory]
    [InlineData("Promotion " + One + " is busy.", "Promotion 'Summer Sale' (" + One + ") is busy.")]
    [InlineData(One + " and " + Two, "'Summer Sale' (" + One + ") and 'Winter' (" + Two + ")")]
    [InlineData("GET v2/rule-promotions/" + One + "/jobs", "GET v2/rule-promotions/" + One + "/jobs (Summer Sale)")]
    [InlineData("'" + One + "' and \"" + One + "\"", "'" + One + "' and \"" + One + "\"")]
    [InlineData("Job 99999999-0000-0000-0000-000000000001", "Job 99999999-0000-0000-0000-000000000001")]
    [InlineData("no id", "no id")]
    public void A_known_id_in_a_message_gets_its_name(string text, string expected) =>
        Assert.Equal(expected, PromotionNameText.Add(text, id => id == One ? "Summer Sale" : id == Two ? "Winter" : ""));

    [Theory]
    [InlineData("Promotion " + One)]
    [InlineData("GET /" + One)]
    public void A_hostile_name_cannot_control_the_terminal(string text)
    {
        string result = PromotionNameText.Add(text, _ => "a\u001b[2Jb\r\nc\u202ed $1 {0}");

        Assert.DoesNotContain(result, c => char.IsControl(c) || c == '\u202e');
        Assert.Contains("$1 {0}", result, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sumer Sale", "Summer Sale")]
    [InlineData("summer", "Summer Sale, Summer Sale 2025")]
    [InlineData("summer sale 2026", "Summer Sale 2025, Summer Sale")]
    [InlineData("Wimter", "Winter")]
    [InlineData("Black Friday", "")]
    [InlineData("", "")]
    public void The_nearest_names_are_those_that_differ_least(string name, string expected) =>
        Assert.Equal(
            expected, string.Join(", ", NearestNames.Find(name, ["Winter", "Summer Sale 2025", "Summer Sale", "SUMMER SALE", "Free Shipping"])));

    [Theory]
    [InlineData("Sumer Sal", " Did you mean 'Summer Sale'?")]
    [InlineData("summer", " Did you mean 'Summer Sale' or 'Summer Sale 2025'?")]
    [InlineData("Sale", " Did you mean 'Final Sale', 'Summer Sale' or 'Summer Sale 2025'?")]
    [InlineData("Black Friday", "")]
    public void A_message_asks_whether_a_near_name_was_meant(string name, string expected) =>
        Assert.Equal(expected, NearestNames.Question(name, ["Winter", "Summer Sale 2025", "Summer Sale", "Final Sale"]));

    [Fact]
    public void A_very_long_text_is_compared_with_no_name() => Assert.Empty(NearestNames.Find(new string('a', 100_000), [new string('a', 100_000)]));

    [Fact]
    public void A_snapshot_finds_promotions_by_id_and_by_normalized_name()
    {
        PromotionSnapshot snapshot = SnapshotOf(New(One, "caf\u00e9"), New(Two, "CAFE\u0301 "), New("3", ""));

        Assert.Equal([One, Two], snapshot.FindByName(" Cafe\u0301").Select(found => found.PromotionId).Order());
        Assert.Empty(snapshot.FindByName("cafe"));
        Assert.Equal(One, snapshot.FindById(One.ToUpperInvariant())?.PromotionId);
        Assert.Null(snapshot.FindById("caf\u00e9"));
        Assert.Equal(2, snapshot.Names.Count());
    }

    [Fact]
    public void Names_that_differ_only_in_what_a_file_name_cannot_have_share_a_file()
    {
        Promotion slash = New(One, "50/50");
        PromotionSnapshot snapshot = SnapshotOf(slash, New(Two, "50?50"), New("3", "Other"));

        Assert.True(snapshot.IsFileNameShared(slash));
        Assert.False(snapshot.IsFileNameShared(snapshot.FindById("3")!));
    }

    private static PromotionSnapshot SnapshotOf(params Promotion[] promotions) =>
        new(promotions.ToDictionary(promotion => promotion.PromotionId, StringComparer.OrdinalIgnoreCase), default);

    private static Promotion New(string id, string name) => new() { PromotionId = id, Name = name };
}
