using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Stores;

/// <summary>The store of a session: one default per runspace, until it is disconnected.</summary>
public sealed class SessionStoreTests
{
    [Fact]
    public async Task Two_runspaces_have_two_stores()
    {
        await using SandboxServer one = await Sandboxes.StartQuickAsync();
        await using SandboxServer two = await Sandboxes.StartQuickAsync();
        one.Store.AddPromotion("Of one");
        two.Store.AddPromotion("Of two");
        using ModuleSession first = ModuleSession.ConnectedTo(one);
        using ModuleSession second = ModuleSession.ConnectedTo(two);

        Assert.Equal("Of one", first.Run("Get-EpPromotion").Values("Name").Single());
        Assert.Equal("Of two", second.Run("Get-EpPromotion").Values("Name").Single());
        Assert.Equal(
            ["Of one", "Of two"],
            first.Run("$args[0], (Get-EpStore) | ForEach-Object { Get-EpPromotion -Store $_ }", second.Run("Get-EpStore").Output[0]).Values("Name").Order());
    }

    [Fact]
    public async Task A_disconnected_store_is_no_longer_used()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run("$store = Get-EpStore; Disconnect-EpStore").ThrowIfFailed();

        Assert.Equal("StoreClosed,EpPromo.PowerShell.GetEpPromotionCommand", session.Run("Get-EpPromotion").ErrorIds.Single());
        Assert.Equal("StoreClosed,EpPromo.PowerShell.GetEpPromotionCommand", session.Run("Get-EpPromotion -Store $store").ErrorIds.Single());
    }

    [Fact]
    public async Task Disconnecting_twice_is_not_an_error_that_would_hide_another()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        session.Run("$store = Get-EpStore; Disconnect-EpStore").ThrowIfFailed();

        session.Run("Disconnect-EpStore; Disconnect-EpStore -Store $store; $store | Disconnect-EpStore; Get-EpStore | Disconnect-EpStore").ThrowIfFailed();

        Assert.Equal("mine", session.Run("try { throw 'mine' } finally { Disconnect-EpStore }").Errors.Single().Exception.Message);
    }
}
