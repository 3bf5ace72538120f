using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Promotions;

/// <summary>Verbose lines name promotions, in whichever way a user turns them on.</summary>
public sealed class VerboseNameTests
{
    [Theory]
    [InlineData("", "-Verbose")]
    [InlineData("$VerbosePreference = 'Continue'", "")]
    [InlineData("$PSDefaultParameterValues = @{ 'New-Ep*:Verbose' = $true }", "")]
    [InlineData("$DebugPreference = 'Continue'", "-Debug")]
    public async Task Verbose_lines_have_the_names_of_promotions(string before, string parameter)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("Summer Sale").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult created = session.Run($"{before}; New-EpPromotionJob -Promotion 'summer sale' 5 {parameter}").ThrowIfFailed();

        string line = Assert.Single(created.Verbose, line => line.StartsWith("POST", StringComparison.Ordinal));
        Assert.Contains(id, line, StringComparison.Ordinal);
        Assert.EndsWith("(Summer Sale)", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_are_no_verbose_lines_without_Verbose()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("Summer Sale");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult created = session.Run(
            "New-EpPromotionJob -Promotion 'summer sale' 5 | Out-Null; $VerbosePreference = 'Continue'; Get-EpPromotionJob -Promotion 'summer sale' -Verbose:$false")
            .ThrowIfFailed();

        Assert.Empty(created.Verbose);
    }
}
