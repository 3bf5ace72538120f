using System.Text.RegularExpressions;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Promotions;

/// <summary>What -WhatIf and -Confirm say of a promotion reads the same in each command, and tells promotions apart.</summary>
public sealed partial class PromotionPromptTests
{
    private const string AllCommands = """
        $job = Get-EpPromotionJob -Promotion $id -Newest 1
        New-EpPromotionJob 1 -Promotion $id -WhatIf
        Export-EpPromotionCode ./codes.csv -Promotion $id -WhatIf
        Request-EpPromotionCode 1 -Promotion $id -WhatIf
        $job | Stop-EpPromotionJob -WhatIf
        """;

    [Fact]
    public async Task A_promotion_is_named_in_quotes_and_by_its_id_only_if_another_one_has_its_name()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string own = sandbox.Store.AddPromotion("Summer Sale").Id;
        string shared = sandbox.Store.AddPromotion("Winter").Id;
        sandbox.Store.AddPromotion("winter");

        Assert.Equal(Enumerable.Repeat("'Summer Sale'", 4), PromotionsIn(ScreenOf(sandbox, own)));
        Assert.Equal(Enumerable.Repeat($"'Winter' ({shared})", 4), PromotionsIn(ScreenOf(sandbox, shared)));
    }

    [Fact]
    public async Task A_promotion_whose_name_is_not_known_is_named_by_its_id()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Faults.Add("endpoint=promotion-list action=status status=403");
        string id = sandbox.Store.AddPromotion("Summer Sale").Id;

        Assert.Equal(Enumerable.Repeat(id, 4), PromotionsIn(ScreenOf(sandbox, id)));
    }

    private static string ScreenOf(SandboxServer sandbox, string id)
    {
        RecordingHost host = new(1000);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);
        session.Run("New-EpPromotionJob 1 -Promotion $args[0] | Wait-EpPromotionJob | Out-Null", id).ThrowIfFailed();
        session.Run("$id = $args[0]\n" + AllCommands, id).ThrowIfFailed();
        return host.Screen;
    }

    private static IEnumerable<string> PromotionsIn(string screen) => NamedPromotion().Matches(screen).Select(match => match.Groups[1].Value);

    [GeneratedRegex("""(?m)^What if: .*[Pp]romotion (.+?)(?:"\.| for run '.*)\s*$""")]
    private static partial Regex NamedPromotion();
}
