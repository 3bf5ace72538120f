using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Codes;

/// <summary>Codes of Promotions Standard.</summary>
public sealed class StandardCodeTests
{
    [Fact]
    public async Task Codes_are_added_listed_measured_and_removed()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddStandardPromotion("Loyalty").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(
            """
            $promotion = Get-EpPromotion -Kind Standard
            $promotion | Add-EpPromotionCode A1, B2, C3
            ($promotion | Get-EpPromotionCode -Code B2).Code
            $promotion | Get-EpPromotionCode -Code A1, B2 | Remove-EpPromotionCode -Force
            ($promotion | Get-EpPromotionCode).Code
            ($promotion | Measure-EpPromotionCode).Codes
            """).ThrowIfFailed();

        Assert.Equal(["B2", "C3", "1"], result.Output.Select(line => line.ToString()));
        Assert.Equal("C3", Assert.Single(sandbox.Store.Codes(id)).Code);
        Assert.All(sandbox.Requests.Where(request => request.PathAndQuery.Contains("/codes", StringComparison.Ordinal)), request =>
            Assert.StartsWith($"/v2/promotions/{id}/codes", request.PathAndQuery, StringComparison.Ordinal));
    }
}
