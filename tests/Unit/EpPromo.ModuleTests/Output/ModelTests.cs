using System.Management.Automation;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Output;

/// <summary>What a script can do with the objects that the cmdlets emit: read them, but not change them.</summary>
public sealed class ModelTests
{
    private static readonly string[] s_methodsOfAnyObject = ["Equals", "GetHashCode", "GetType", "ToString"];

    public static TheoryData<string, string, string[]> Objects => new()
    {
        { "Get-EpPromotion", "EpPromo.Promotion", [] },
        { "New-EpPromotionJob -Promotion $id 1 | Wait-EpPromotionJob", "EpPromo.PromotionJob", [] },
        { "New-EpPromotionJob -Promotion $id 1 | Wait-EpPromotionJob | Receive-EpPromotionJob", "EpPromo.PromotionCode", [] },
        { "Request-EpPromotionCode -Promotion $id 1", "EpPromo.CodeRun", [] },
        { "$null = Request-EpPromotionCode -Promotion $id 1; Get-EpPromotionRun", "EpPromo.PromotionRun", [] },
        { "Measure-EpPromotionCode $id", "EpPromo.CodeMeasurement", [] },
        { "(Measure-EpPromotionCode $id).UsesByDay", "EpPromo.DailyUses", [] },
        { "Get-EpPromotionUsage $id", "EpPromo.PromotionUsage", [] },
        { "Get-EpStore", "EpPromo.EpStore", ["Dispose"] },
        { "try { Get-EpPromotion -PromotionId missing -ErrorAction Stop } catch { $_.Exception.Error }", "EpPromo.ApiError", [] },
        {
            "try { Get-EpPromotion -PromotionId missing -ErrorAction Stop } catch { $_.Exception }",
            "EpPromo.ApiException",
            ["GetBaseException", "GetObjectData"]
        },
    };

    [Theory]
    [MemberData(nameof(Objects))]
    public async Task A_script_reads_the_properties_but_cannot_set_them(string command, string type, string[] methods)
    {
        Assert.NotNull(methods);
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = Emit(sandbox, command, type);

        string[] names = Lines(session, "$item.GetType().GetProperties().Where{ $_.DeclaringType.Namespace -eq 'EpPromo' }.Name");

        Assert.NotEmpty(names);
        Assert.All(names, name =>
        {
            ErrorRecord error = Assert.Single(session.Run("$item.($args[0]) = $null", name).Errors);
            Assert.Equal("PropertyAssignmentException", error.FullyQualifiedErrorId);
            Assert.Contains("ReadOnly", error.ToString(), StringComparison.OrdinalIgnoreCase);
        });
    }

    [Theory]
    [MemberData(nameof(Objects))]
    public async Task Get_Member_and_completion_show_no_members_of_the_compiler(string command, string type, string[] methods)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = Emit(sandbox, command, type);
        IEnumerable<string> expected = s_methodsOfAnyObject.Concat(methods).Order(StringComparer.Ordinal);

        string[] members = Lines(session, "($item | Get-Member -MemberType Method).Name");
        string[] completed = Lines(
            session,
            """
            $line = '$item.'
            (TabExpansion2 $line $line.Length).CompletionMatches.Where{ $_.ResultType -eq 'Method' }.ListItemText
            """);

        Assert.Equal(expected, members.Order(StringComparer.Ordinal));
        Assert.Equal(expected, completed.Except(["ForEach", "Where"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Jobs_with_the_same_values_are_equal()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = Emit(sandbox, "New-EpPromotionJob -Promotion $id 1 | Wait-EpPromotionJob", "EpPromo.PromotionJob");

        Assert.Equal(["True", "False"], Lines(session, "$item -eq (Get-EpPromotionJob $id); $item -eq (New-EpPromotionJob -Promotion $id 1)"));
    }

    /// <summary>A session whose <c>$item</c> is what <paramref name="command"/> emits.</summary>
    private static ModuleSession Emit(SandboxServer sandbox, string command, string type)
    {
        string id = sandbox.Store.AddPromotion("One").Id;
        sandbox.Store.AddCodes(id, ["USED"]);
        sandbox.Store.AddUsage(id, "USED", "ada@example.com");
        ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        session.Run("$global:id = $args[0]", id).ThrowIfFailed();
        Assert.Equal([type], Lines(session, $"$global:item = & {{ {command} }}; $item.GetType().FullName"));
        return session;
    }

    private static string[] Lines(ModuleSession session, string script) =>
        [.. session.Run(script).ThrowIfFailed().Output.Select(line => line.ToString())];
}
