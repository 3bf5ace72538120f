using System.Text;
using EpPromo.Text;

namespace EpPromo.UnitTests.Text;

public class SafeFileNameTests
{
    [Theory]
    [InlineData("Summer sale 2026", "Summer sale 2026")]
    [InlineData("été 夏 🌞", "été 夏 🌞")]
    [InlineData("../../x", "_.._x")]
    [InlineData("a/b\\c:d", "a_b_c_d")]
    [InlineData("a\u001bb\u202Ec\u200Fd", "a_b_c_d")]
    [InlineData(" . ", "p1")]
    [InlineData("", "p1")]
    public void What_a_file_name_cannot_contain_is_replaced(string name, string file) => Assert.Equal(file, SafeFileName.Of(name, "p1"));

    [Theory]
    [InlineData("../../etc/x", "_.._etc_x")]
    [InlineData("a\u001b:b", "a__b")]
    [InlineData("NUL", "_NUL")]
    [InlineData("..", "_")]
    [InlineData("", "_")]
    public void What_replaces_a_name_is_made_safe_as_well(string id, string file)
    {
        Assert.Equal(file, SafeFileName.Of(" . ", id));
        Assert.Equal(file, new Promotion { PromotionId = id, Name = "" }.FileName);
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_replaced() => Assert.Equal("a_b", SafeFileName.Of("a\uD83Cb", "p1"));

    [Theory]
    [InlineData("CON")]
    [InlineData("nul.csv")]
    [InlineData("com1")]
    [InlineData("LPT9 .x")]
    [InlineData("conin$")]
    [InlineData("CONOUT$.txt")]
    [InlineData("COM¹")]
    [InlineData("lpt².csv")]
    [InlineData("LPT³")]
    public void Device_names_of_Windows_become_other_names(string name) => Assert.Equal("_" + name, SafeFileName.Of(name, "p1"));

    [Theory]
    [InlineData("x", 200)]
    [InlineData("夏", 198)]
    [InlineData("🌞", 200)]
    [InlineData("a🌞", 200)]
    [InlineData("ab🌞", 200)]
    public void A_name_is_shortened_by_bytes_and_between_characters(string piece, int most)
    {
        string file = SafeFileName.Of(string.Concat(Enumerable.Repeat(piece, 300)), "p1");

        Assert.InRange(Encoding.UTF8.GetByteCount(file), most - 3, most);
        Assert.True(DisplayText.IsClean(file));
    }
}
