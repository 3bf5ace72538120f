using EpPromo.PowerShell.Loading;

namespace EpPromo.UnitTests.Loading;

/// <summary>What keeps the module from running on Windows PowerShell is recognized.</summary>
public sealed class FrameworkVersionTests
{
    [Theory]
    [InlineData(".NET Framework 4.7.2558.0")]
    [InlineData(".NET Framework 4.6.1590.0")]
    public void An_older_framework_is_rejected(string description)
    {
        EpPromoException e = Assert.Throws<EpPromoException>(() => FrameworkVersion.Check(description));

        Assert.Equal("FrameworkTooOld", e.ErrorId);
        Assert.Equal($"EpPromo needs .NET Framework 4.7.2 or later, and this is {description}. Install .NET Framework 4.8, or use PowerShell 7.", e.Message);
    }

    [Theory]
    [InlineData(".NET Framework 4.7.3062.0")]
    [InlineData(".NET Framework 4.8.9037.0")]
    [InlineData(".NET 10.0.12")]
    [InlineData("Mono 6.8.0.105")]
    public void Others_are_accepted(string description) => FrameworkVersion.Check(description);

    [Fact]
    public void A_blocked_file_is_told_from_other_errors()
    {
        Assert.True(BlockedFile.Is(new FileLoadException("Operation is not supported.", "Flurl") { HResult = unchecked((int)0x80131515) }));
        Assert.False(BlockedFile.Is(new FileLoadException("Its manifest does not match.", "Flurl") { HResult = unchecked((int)0x80131040) }));
        Assert.False(BlockedFile.Is(new NotSupportedException()));
    }
}
