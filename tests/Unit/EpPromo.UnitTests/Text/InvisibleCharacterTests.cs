using EpPromo.Text;

namespace EpPromo.UnitTests.Text;

/// <summary>What nobody can see or type is found; what people write is not.</summary>
public class InvisibleCharacterTests
{
    [Theory]
    [InlineData("")]
    [InlineData("big sale-2026_a.b!")]
    [InlineData("\u00e9t\u00e9 \u590f \U0001F31E")]
    [InlineData("\u0e2a\u0e31 \u0939\u093f")]
    public void What_people_write_has_none(string text) => Assert.Null(InvisibleCharacter.FindFirst(text));

    [Theory]
    [InlineData("a\u0007", "U+0007 at position 2")]
    [InlineData("\u00a0a", "U+00A0 at position 1")]
    [InlineData("a\u00adb", "U+00AD at position 2")]
    [InlineData("a\u2003b", "U+2003 at position 2")]
    [InlineData("a\u200b\u00a0b", "U+200B at position 2")]
    [InlineData("a\u2028b", "U+2028 at position 2")]
    [InlineData("a\u202eb", "U+202E at position 2")]
    [InlineData("a\u2060b", "U+2060 at position 2")]
    [InlineData("a\ufeffb", "U+FEFF at position 2")]
    [InlineData("a\uffffb", "U+FFFF at position 2")]
    [InlineData("a\u0378b", "U+0378 at position 2")]
    [InlineData("a\ue000b", "U+E000 at position 2")]
    [InlineData("\u2764\ufe0f", "U+FE0F at position 2")]
    [InlineData("a\u3164b", "U+3164 at position 2")]
    [InlineData("a\u2800b", "U+2800 at position 2")]
    [InlineData("\U0001F31E\U000E0041b", "U+E0041 at position 3")]
    [InlineData("a\U000E0100b", "U+E0100 at position 2")]
    [InlineData("a\U000F0000b", "U+F0000 at position 2")]
    public void A_character_is_named_with_its_position(string text, string named) => Assert.Equal(named, InvisibleCharacter.FindFirst(text));

    /// <summary>Not in attributes: they are stored as UTF-8, which cannot contain half of a pair.</summary>
    [Fact]
    public void Half_of_a_surrogate_pair_is_found()
    {
        Assert.Equal("U+D83C at position 2", InvisibleCharacter.FindFirst("a\uD83C"));
        Assert.Equal("U+DF1E at position 1", InvisibleCharacter.FindFirst("\uDF1Ea"));
    }
}
