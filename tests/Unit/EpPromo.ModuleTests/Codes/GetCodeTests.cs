using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Codes;

/// <summary>Get-EpPromotionCode: all codes, single ones, and filters.</summary>
public sealed class GetCodeTests
{
    [Fact]
    public async Task All_codes_of_several_promotions_are_listed_in_the_order_of_the_promotions()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string[] expected = [.. Fill(sandbox, "One", 250), .. Fill(sandbox, "Two", 30)];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-MaxRequestsPerSecond 1000");

        RunResult codes = session.Run("Get-EpPromotion | Get-EpPromotionCode").ThrowIfFailed();

        Assert.Equal(expected, codes.Values("Code"));
        Assert.Equal(["One", "Two"], codes.Values("PromotionName").Distinct());
    }

    [Fact]
    public async Task Codes_are_found_by_text_and_by_their_beginning_whatever_the_case()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string one = sandbox.Store.AddPromotion("One").Id;
        sandbox.Store.AddPromotion("Two");
        sandbox.Store.AddCodes(one, ["SUMMER-1", "Summer-2", "SUMMER", "SUMMIT-1", "TEST"]);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal(["TEST", "Summer-2"], session.Run("Get-EpPromotionCode One -Code test, SUMMER-2").ThrowIfFailed().Values("Code"));
        Assert.Equal(
            ["SUMMER", "SUMMER-1", "Summer-2"], session.Run("Get-EpPromotionCode One, Two -StartsWith summer, summer-").ThrowIfFailed().Values("Code"));
        Assert.Equal(["SUMMER-1", "Summer-2"], session.Run("Get-EpPromotionCode One -StartsWith summer-").ThrowIfFailed().Values("Code"));
    }

    [Fact]
    public async Task A_code_that_no_promotion_has_is_an_error()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string one = sandbox.Store.AddPromotion("One").Id;
        sandbox.Store.AddPromotion("Two");
        sandbox.Store.AddCodes(one, ["A"]);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult codes = session.Run("Get-EpPromotion | Get-EpPromotionCode -Code a, b");
        RunResult rows = session.Run(
            "[pscustomobject]@{ Promotion = 'One'; Code = 'A' }, [pscustomobject]@{ Promotion = 'Two'; Code = 'A' } | Get-EpPromotionCode");

        Assert.Equal(["A"], codes.Values("Code"));
        Assert.Equal(["CodeNotFound,EpPromo.PowerShell.GetEpPromotionCodeCommand"], codes.ErrorIds);
        Assert.Equal(["A"], rows.Values("Code"));
        Assert.Contains("'Two'", rows.Errors.Single().ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Used_and_unused_codes_are_told_apart_by_the_uses_that_are_left_or_by_the_usages()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string one = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        session.Run("New-EpPromotionJob 3 -Promotion One -MaxUsesPerCode 2 | Wait-EpPromotionJob").ThrowIfFailed();
        string[] codes = [.. sandbox.Store.Codes(one).Select(code => code.Code)];
        sandbox.Store.AddUsage(one, codes[1], "shopper@example.com");
        sandbox.Store.AddCodes(one, ["UNLIMITED-1", "UNLIMITED-2"]);
        sandbox.Store.AddUsage(one, "UNLIMITED-2", "shopper@example.com");

        Assert.Equal(
            codes.Except([codes[1]]).Append("UNLIMITED-1").Order(),
            session.Run("Get-EpPromotionCode One -Unused").ThrowIfFailed().Values("Code").Order());
        Assert.Equal(
            new[] { codes[1], "UNLIMITED-2" }.Order(), session.Run("Get-EpPromotionCode One -Used").ThrowIfFailed().Values("Code").Order());
        Assert.Equal(
            ["UsedAndUnused,EpPromo.PowerShell.GetEpPromotionCodeCommand"], session.Run("Get-EpPromotionCode One -Used -Unused").ErrorIds);
    }

    [Fact]
    public async Task The_list_ends_early_when_a_later_command_has_enough()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string[] expected = Fill(sandbox, "One", 5000);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-MaxRequestsPerSecond 1000");

        RunResult codes = session.Run("Get-EpPromotionCode One | Select-Object -First 3").ThrowIfFailed();

        Assert.Equal(expected.Take(3), codes.Values("Code"));
        Assert.InRange(sandbox.Requests.Count(request => request.PathAndQuery.Contains("/codes", StringComparison.Ordinal)), 1, 30);
    }

    /// <summary>Adds a promotion with codes, and returns the codes in their order.</summary>
    private static string[] Fill(SandboxServer sandbox, string name, int count)
    {
        string id = sandbox.Store.AddPromotion(name).Id;
        string[] codes = [.. Enumerable.Range(0, count).Select(number => $"{name}-{number:00000}")];
        sandbox.Store.AddCodes(id, codes.Reverse());
        return codes;
    }
}
