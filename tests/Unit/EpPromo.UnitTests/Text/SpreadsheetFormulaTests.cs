using EpPromo.Text;

namespace EpPromo.UnitTests.Text;

public sealed class SpreadsheetFormulaTests
{
    [Theory]
    [InlineData("=1+1")]
    [InlineData("=HYPERLINK(\"https://x\")")]
    [InlineData("＝1")]
    [InlineData("@SUM(1)")]
    [InlineData("+cmd|' /C calc'!A0")]
    [InlineData("-2+3+cmd|' /C calc'!A0")]
    public void A_formula_is_found(string value) => Assert.True(SpreadsheetFormula.IsLikely(value));

    [Theory]
    [InlineData("")]
    [InlineData("=")]
    [InlineData("+44 (0)20 7946 0000")]
    [InlineData("-5")]
    [InlineData("@mia")]
    [InlineData("mia@example.com")]
    [InlineData("a=b|c(d)")]
    public void Other_values_are_none(string value) => Assert.False(SpreadsheetFormula.IsLikely(value));
}
