using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Faults;

/// <summary>A rejection without a readable error: commands that continue by themselves do so.</summary>
public sealed class UnexplainedRejectionTests
{
    [Theory]
    [InlineData("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 5 -WhenBusy Wait | Wait-EpPromotionJob", "none")]
    [InlineData("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 5 -WhenBusy Wait | Wait-EpPromotionJob", "html")]
    [InlineData("Request-EpPromotionCode -Promotion $args[0] -Count 5", "none")]
    [InlineData("Request-EpPromotionCode -Promotion $args[0] -Count 5 -Name bf26", "html")]
    public async Task A_rejected_create_is_checked_and_retried(string command, string body)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 1");
        sandbox.Faults.Add($"endpoint=job-create action=status status=400 body={body} times=1");
        sandbox.Faults.Add($"endpoint=job-list action=status status=400 body={body} times=1");

        session.Run(command, id).ThrowIfFailed();

        Assert.Equal("5", session.Run("Get-EpPromotionJob $args[0]", id).Values("Generated").Single());
    }
}
