using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Input;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Promotions;

/// <summary>Names that contain wildcard characters are found by their exact text.</summary>
public sealed class NameSearchPatternTests
{
    private static readonly string[] s_names = ["Sale [VIP]", "Sale V", "50% [", "back`tick", "back`[tick", "what?", "Mia's [1] `own` *"];

    [Fact]
    public async Task A_promotion_is_found_by_its_name_whatever_characters_it_contains()
    {
        await using SandboxServer sandbox = await StartAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.All(s_names, name => Assert.Contains(name, session.Run("Get-EpPromotion -Name $args[0]", name).ThrowIfFailed().Values("Name")));
        Assert.Equal(["Sale [VIP]", "Sale V"], session.Run("Get-EpPromotion -Name 'sale [vip]'").ThrowIfFailed().Values("Name"));
    }

    [Fact]
    public async Task A_misspelled_name_is_an_error_with_the_nearest_names()
    {
        await using SandboxServer sandbox = await StartAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("Get-EpPromotion 'Sale W'");

        Assert.Contains("Did you mean 'Sale V'?", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invalid_pattern_is_a_name_that_does_not_exist()
    {
        await using SandboxServer sandbox = await StartAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.StartsWith("PromotionNameNotFound,", session.Run("Get-EpPromotion -Name '['").ErrorIds.Single());
        Assert.StartsWith("PromotionNameNotFound,", session.Run("Get-EpPromotion -Name \"half $([char]0xD83C)\"").ErrorIds.Single());
        Assert.Empty(session.Run("(Get-EpPromotion)[0] | Get-EpPromotionJob -Name '['").ThrowIfFailed().Output);
    }

    [Fact]
    public async Task A_job_is_found_by_its_name_whatever_characters_it_contains()
    {
        await using SandboxServer sandbox = await StartAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        foreach (string name in s_names)
        {
            session.Run("New-EpPromotionJob -Promotion $args[0] 1 -Name $args[1] | Wait-EpPromotionJob", id, name).ThrowIfFailed();
            Assert.Contains(name, session.Run("Get-EpPromotionJob $args[0] -Name $args[1]", id, name).ThrowIfFailed().Values("Name"));
        }
    }

    [Fact]
    public async Task A_completed_name_finds_only_its_promotion()
    {
        await using SandboxServer sandbox = await StartAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        string[] completed = CompletionTests.Complete(session, "Get-EpPromotion ");

        Assert.Equal(s_names.Length, completed.Length);
        Assert.Equal(
            s_names.Order(StringComparer.Ordinal),
            completed.Select(name => session.Run("Get-EpPromotion " + name).ThrowIfFailed().Values("Name").Single()!).Order(StringComparer.Ordinal));
        Assert.All(completed, name => Assert.Equal([name], CompletionTests.Complete(session, "Get-EpPromotion " + name)));
    }

    private static async Task<SandboxServer> StartAsync()
    {
        SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        foreach (string name in s_names)
        {
            sandbox.Store.AddPromotion(name);
        }

        return sandbox;
    }
}
