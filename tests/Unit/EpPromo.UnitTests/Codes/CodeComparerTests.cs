using EpPromo.Codes;

namespace EpPromo.UnitTests.Codes;

/// <summary>Which texts are the same code.</summary>
public class CodeComparerTests
{
    [Theory]
    [InlineData("\u00E9t\u00E9-7", "e\u0301te\u0301-7", true)]
    [InlineData("\u00C9T\u00C9-7", "e\u0301te\u0301-7", true)]
    [InlineData("summer-a", "SUMMER-A", true)]
    [InlineData("\uD800-a", "\uD800-A", true)]
    [InlineData("\u00E9t\u00E9-7", "ete-7", false)]
    [InlineData("i", "\u0131", false)]
    public void Case_and_normalization_form_are_ignored(string one, string other, bool areOne)
    {
        Assert.Equal(areOne, CodeComparer.Instance.Equals(one, other));
        Assert.Equal(areOne, CodeComparer.Instance.Compare(one, other) == 0);
        Assert.Equal(areOne ? 1 : 2, new HashSet<string>([one, other], CodeComparer.Instance).Count);
    }
}
