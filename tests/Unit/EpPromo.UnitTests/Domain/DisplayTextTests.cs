namespace EpPromo.UnitTests.Domain;

public class DisplayTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("Summer sale 2026: 20 %")]
    [InlineData("été 夏 🌞")]
    public void Good_text_stays_as_it_is(string text) => Assert.Same(text, DisplayText.Clean(text));

    [Theory]
    [InlineData("a\u001b[31mred", "a\uFFFD[31mred")]
    [InlineData("a\r\nb\tc", "a  b c")]
    [InlineData("a\u009b1mb", "a\uFFFD1mb")]
    [InlineData("gpj\u202Eexe", "gpj\uFFFDexe")]
    [InlineData("a\u2066b\u2069c", "a\uFFFDb\uFFFDc")]
    [InlineData("a\u2028b", "a\uFFFDb")]
    public void What_could_repaint_the_screen_or_turn_the_text_is_replaced(string text, string clean) =>
        Assert.Equal(clean, DisplayText.Clean(text));
}
