using System.Management.Automation;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;
using static EpPromo.ModuleTests.Input.CompletionTests;

namespace EpPromo.ModuleTests.Input;

/// <summary>Tab completion follows -Kind, also that of an earlier command of the pipeline; and every parameter has what it needs for completion.</summary>
public sealed class KindCompletionTests
{
    [Theory]
    [InlineData("Get-EpPromotion -Kind ", "Rule,Standard")]
    [InlineData("New-EpPromotionJob -Kind st", "Standard")]
    [InlineData("Get-EpPromotion ", "Summer,Winter")]
    [InlineData("Get-EpPromotion -Kind Rule -Name ", "Summer,Winter")]
    [InlineData("Get-EpPromotion -Kind Standard -Name ", "Loyalty,'Summer days'")]
    [InlineData("Get-EpPromotion -Kind:Standard -Name summ", "'Summer days'")]
    [InlineData("New-EpPromotionJob -Kind 'standard' -Promotion ", "Loyalty,'Summer days'")]
    [InlineData("$kind = 'Standard'; Get-EpPromotionRun -Kind $kind -Promotion ", "Summer,Winter")]
    [InlineData("Get-EpPromotionRun -Kind $known -Promotion ", "Loyalty,'Summer days'")]
    [InlineData("New-EpPromotionJob -ConsumeUnit ", "per_checkout,per_application")]
    [InlineData("New-EpPromotionJob -Kind Standard -ConsumeUnit ", "per_cart,per_item")]
    [InlineData("Get-EpPromotion -Kind Standard | New-EpPromotionJob -ConsumeUnit ", "per_cart,per_item")]
    [InlineData("Get-EpPromotion -Kind Standard | Where-Object Enabled | Request-EpPromotionCode -ConsumeUnit per_i", "per_item")]
    [InlineData("Get-EpPromotion | New-EpPromotionJob -ConsumeUnit ", "per_checkout,per_application")]
    [InlineData("$promotions | New-EpPromotionJob -ConsumeUnit ", "per_checkout,per_application,per_cart,per_item")]
    [InlineData("Set-EpPromotion -Enabled ", "$true,$false")]
    [InlineData("New-EpPromotion -Stackable fal", "$false")]
    [InlineData("Get-EpPromotion -Kind Nonsense | New-EpPromotionJob -ConsumeUnit ", "per_checkout,per_application")]
    public async Task Completion_follows_the_kind(string line, string expected)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("Summer");
        sandbox.Store.AddPromotion("Winter");
        sandbox.Store.AddStandardPromotion("Summer days");
        sandbox.Store.AddStandardPromotion("Loyalty");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        session.Run("$global:known = 'Standard'");

        Assert.Equal(expected.Split(','), Complete(session, line));
    }

    [Fact]
    public async Task Runs_and_jobs_are_those_of_the_kind()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.AddBatch(sandbox.Store.AddPromotion("Summer").Id, "bf26 0001/0001", 3);
        string standard = sandbox.Store.AddStandardPromotion("Summer").Id;
        sandbox.AddBatch(standard, "loyal 0001/0001", 3);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal(["bf26"], Complete(session, "Get-EpPromotionRun "));
        Assert.Equal(["loyal"], Complete(session, "Get-EpPromotionRun -Kind Standard -Name "));
        Assert.Equal(["loyal"], Complete(session, "Request-EpPromotionCode -Kind Standard -Promotion Summer -Name "));
        Assert.Equal([sandbox.Store.Jobs(standard)[0].Id], Complete(session, "Wait-EpPromotionJob -Kind Standard -Promotion Summer -JobId "));
    }

    /// <summary>A cmdlet that is added later must not be forgotten.</summary>
    [Fact]
    public void Parameters_that_name_something_in_a_store_have_a_completer()
    {
        string[] names =
        [
            "Promotion", "PromotionId", "Run", "JobId", "Store", "CodePrefix", "StartsWith", "ConsumeUnit", "Enabled", "JobType", "Status", "Kind",
        ];
        using ModuleSession session = new();

        Assert.Empty(
            from command in session.Run("Get-Command -Module EpPromo").ThrowIfFailed().Output.Select(one => (CmdletInfo)one.BaseObject)
            from parameter in command.Parameters.Values
            where names.Contains(parameter.Name) && parameter.SwitchParameter == false
            where !IsCompleted(parameter) && !(command.Name == "Get-EpPromotion" && parameter.Name == "Promotion")
            select $"{command.Name} -{parameter.Name}");
    }

    private static bool IsCompleted(ParameterMetadata parameter) =>
        (Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType).IsEnum
        || parameter.Attributes.Any(attribute => attribute is ArgumentCompleterAttribute or ValidateSetAttribute);
}
