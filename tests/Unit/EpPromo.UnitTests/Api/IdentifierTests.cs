using EpPromo.Api;

namespace EpPromo.UnitTests.Api;

public class IdentifierTests
{
    [Theory]
    [InlineData("9bc1391c-3f2a-4c39-a2b4-3c7a2f4f1d10")]
    [InlineData("A_b-9")]
    public void A_valid_id_is_accepted(string id) => Identifier.Check(id);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a b")]
    [InlineData("../jobs")]
    [InlineData("a/b")]
    [InlineData("a%2Fb")]
    [InlineData("a?b")]
    [InlineData("a\r\nX: y")]
    [InlineData("ä")]
    public void What_could_change_a_path_is_rejected(string id)
    {
        EpPromoException error = Assert.Throws<EpPromoException>(() => Identifier.Check(id));

        Assert.Equal(nameof(SR.BadId), error.ErrorId);
        Assert.DoesNotContain(error.Message, char.IsControl);
    }

    [Fact]
    public void An_id_has_at_most_100_characters()
    {
        Identifier.Check(new string('a', 100));

        Assert.Throws<EpPromoException>(() => Identifier.Check(new string('a', 101)));
    }

    [Theory]
    [InlineData("9BC1391C-3F2A-4C39-A2B4-3C7A2F4F1D10", "9bc1391c-3f2a-4c39-a2b4-3c7a2f4f1d10")]
    [InlineData("9BC1391C3F2A4C39A2B43C7A2F4F1D10", "9BC1391C3F2A4C39A2B43C7A2F4F1D10")]
    [InlineData("Summer-A", "Summer-A")]
    public void A_uuid_is_in_lower_case_and_other_ids_are_unchanged(string id, string canonical) =>
        Assert.Equal(canonical, Identifier.Checked(id));
}
