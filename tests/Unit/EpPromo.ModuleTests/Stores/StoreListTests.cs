using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Stores;

/// <summary>The stores of a session: which there are, which is the default, and how they are disconnected.</summary>
public sealed class StoreListTests
{
    [Fact]
    public async Task All_stores_are_listed_in_order_and_one_is_the_default()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = Connected(sandbox, "one", "two", "three");

        Assert.Equal(["one False", "two False", "three True"], Stores(session));
        Assert.Equal(["two", "three"], session.Run("Get-EpStore t*").Values("Name"));
        Assert.Equal(["two", "one"], session.Run("'two', 'one' | Get-EpStore").Values("Name"));
        Assert.Equal(["three"], session.Run("Get-EpStore -Default").Values("Name"));
    }

    [Fact]
    public async Task A_store_is_the_default_for_the_runspace_that_asks()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = Connected(sandbox, "one");
        using ModuleSession other = new();
        session.Run("$store = Get-EpStore").ThrowIfFailed();

        Assert.Equal("True", session.Run("$store.IsDefault").Output[0].ToString());
        Assert.Equal("False", other.Run("$args[0].IsDefault", session.Run("$store").Output[0]).Output[0].ToString());
        session.Connect(sandbox, "-Name two").ThrowIfFailed();
        Assert.Equal("False", session.Run("$store.IsDefault").Output[0].ToString());
    }

    [Fact]
    public void Without_a_store_nothing_is_listed_and_only_the_default_is_an_error()
    {
        using ModuleSession session = new();

        Assert.Empty(session.Run("Get-EpStore; Get-EpStore *").ThrowIfFailed().Output);
        Assert.Equal(["NotConnected,EpPromo.PowerShell.GetEpStoreCommand"], session.Run("Get-EpStore -Default").ErrorIds);
    }

    [Theory]
    [InlineData("Disconnect-EpStore two")]
    [InlineData("Disconnect-EpStore -Name TW*")]
    [InlineData("Disconnect-EpStore -Store two")]
    [InlineData("Get-EpStore two | Disconnect-EpStore")]
    [InlineData("'two' | Disconnect-EpStore")]
    [InlineData("$store = Get-EpStore two; Disconnect-EpStore -Store $store; $store | Disconnect-EpStore")]
    public async Task One_of_several_stores_is_disconnected(string command)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = Connected(sandbox, "one", "two", "three");
        session.Run("$kept = Get-EpStore two").ThrowIfFailed();

        session.Run(command).ThrowIfFailed();

        Assert.Equal(["one False", "three True"], Stores(session));
        Assert.Equal("True", session.Run("$kept.IsClosed").Output[0].ToString());
    }

    [Theory]
    [InlineData("Get-EpStore | Disconnect-EpStore")]
    [InlineData("Disconnect-EpStore *")]
    [InlineData("Disconnect-EpStore one, two, three")]
    [InlineData("Disconnect-EpStore -Store (Get-EpStore)")]
    public async Task All_stores_are_disconnected(string command)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = Connected(sandbox, "one", "two", "three");

        session.Run(command).ThrowIfFailed();

        Assert.Empty(Stores(session));
    }

    [Fact]
    public async Task After_the_default_is_disconnected_no_other_store_takes_its_place()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = Connected(sandbox, "one", "two");

        session.Run("Disconnect-EpStore").ThrowIfFailed();

        Assert.Equal(["one False"], Stores(session));
        RunResult used = session.Run("Get-EpPromotion");
        Assert.Equal(["StoreClosed,EpPromo.PowerShell.GetEpPromotionCommand"], used.ErrorIds);
        Assert.Equal("The store two was disconnected.", used.Errors[0].ToString());
        session.Run("Get-EpPromotion -Store one; Disconnect-EpStore").ThrowIfFailed();
        Assert.Equal(["one False"], Stores(session));
    }

    [Theory]
    [InlineData("Disconnect-EpStore -Name $null")]
    [InlineData("Disconnect-EpStore -Name ''")]
    [InlineData("Disconnect-EpStore -Store $null")]
    [InlineData("$null | Disconnect-EpStore")]
    public async Task An_unset_variable_disconnects_nothing(string command)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = Connected(sandbox, "one");

        Assert.StartsWith("ParameterArgument", Assert.Single(session.Run(command).ErrorIds), StringComparison.Ordinal);
        Assert.Equal(["one True"], Stores(session));
    }

    private static ModuleSession Connected(SandboxServer sandbox, params string[] names)
    {
        ModuleSession session = new();
        foreach (string name in names)
        {
            session.Connect(sandbox, $"-Name {name}").ThrowIfFailed();
        }

        return session;
    }

    private static string[] Stores(ModuleSession session) =>
        [.. session.Run("Get-EpStore | ForEach-Object { \"$($_.Name) $($_.IsDefault)\" }").ThrowIfFailed().Output.Select(line => line.ToString())];
}
