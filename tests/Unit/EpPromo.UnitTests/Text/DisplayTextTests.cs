using EpPromo.Jobs;
using EpPromo.Text;

namespace EpPromo.UnitTests.Text;

public class DisplayTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("Summer sale 2026: 20 %")]
    [InlineData("été 夏 🌞")]
    public void Safe_text_is_unchanged(string text) => Assert.Same(text, DisplayText.Clean(text));

    [Theory]
    [InlineData("a\u001b[31mred", "a\uFFFD[31mred")]
    [InlineData("a\r\nb\tc", "a  b c")]
    [InlineData("a\u009b1mb", "a\uFFFD1mb")]
    [InlineData("gpj\u202Eexe", "gpj\uFFFDexe")]
    [InlineData("a\u2066b\u2069c", "a\uFFFDb\uFFFDc")]
    [InlineData("a\u2028b", "a\uFFFDb")]
    [InlineData("a\u200Eb\u200Fc\u061Cd", "a\uFFFDb\uFFFDc\uFFFDd")]
    public void What_could_repaint_the_screen_or_change_the_direction_is_replaced(string text, string clean)
    {
        Assert.Equal(clean, DisplayText.Clean(text));
        Assert.False(DisplayText.IsClean(text));
        Assert.True(DisplayText.IsClean(clean));
    }

    /// <summary>Not in attributes: they are stored as UTF-8, which cannot contain half of a pair.</summary>
    public static TheoryData<string, string> Halves => new()
    {
        { "sun \uD83C", "sun \uFFFD" },
        { "\uDF1E sun", "\uFFFD sun" },
        { "\uD83C\uD83C\uDF1E\uDF1E", "\uFFFD\uD83C\uDF1E\uFFFD" },
    };

    [Theory]
    [MemberData(nameof(Halves), DisableDiscoveryEnumeration = true)]
    public void Half_of_a_surrogate_pair_is_replaced(string text, string clean)
    {
        Assert.Equal(clean, DisplayText.Clean(text));
        Assert.False(DisplayText.IsClean(text));
        Assert.True(DisplayText.IsClean(clean));
    }

    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "abc…")]
    [InlineData("ab🌞d", 3, "ab…")]
    [InlineData("a🌞cd", 3, "a🌞…")]
    public void A_text_is_shortened_between_characters(string text, int length, string cut) => Assert.Equal(cut, DisplayText.Short(text, length));

    [Fact]
    public void A_job_name_cannot_contain_half_of_a_surrogate_pair() =>
        Assert.Equal("BadJobName", Assert.Throws<EpPromoException>(() => NewJob.Export("Happy \uD83D").Validate()).ErrorId);
}
