using System.Management.Automation;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Promotions;

/// <summary>A promotion of the other kind than the command works on: which error says so, and what it costs to find out.</summary>
public sealed class OtherKindTests
{
    [Theory]
    [InlineData("$standard | New-EpPromotionJob 1", "OtherPromotionKind", false)]
    [InlineData("$rule | New-EpPromotionJob 1 -Kind Standard", "OtherPromotionKind", false)]
    [InlineData("New-EpPromotionJob 1 -Promotion Loyalty", "OtherPromotionKind", false)]
    [InlineData("Get-EpPromotion loyalty", "OtherPromotionKind", false)]
    [InlineData("Get-EpPromotion -PromotionId $standard", "OtherPromotionKind", false)]
    [InlineData("Get-EpPromotionJob $standard", "OtherPromotionKind", false)]
    [InlineData("Get-EpPromotionRun -Promotion $standard", "OtherPromotionKind", false)]
    [InlineData("Request-EpPromotionCode 1 -Promotion $standard | Out-Null", "OtherPromotionKind", false)]
    [InlineData("Get-EpPromotion -Kind Standard | Out-Null; $standard | New-EpPromotionJob 1", "OtherPromotionKind", true)]
    [InlineData("Get-EpPromotion -Kind Standard | ForEach-Object PromotionId | New-EpPromotionJob 1", "OtherPromotionKind", true)]
    [InlineData("Get-EpPromotion -Kind Standard | New-EpPromotionJob 1 -Kind Rule", "PromotionKindDiffers", true)]
    [InlineData("Get-EpPromotion | Request-EpPromotionCode 1 -Kind Standard", "PromotionKindDiffers", true)]
    [InlineData("[pscustomobject]@{ PromotionId = $standard; Kind = 'Standrad' } | New-EpPromotionJob 1", "BadPromotionKind", true)]
    [InlineData("Get-EpPromotion -Kind Standard | Set-EpPromotion -Enabled $false", "StandardNotSupported", true)]
    [InlineData("Get-EpPromotion -Kind Standard | Disable-EpPromotion", "StandardNotSupported", true)]
    [InlineData("Get-EpPromotion -Kind Standard | Copy-EpPromotion", "StandardNotSupported", true)]
    [InlineData("Get-EpPromotion -Kind Standard | Remove-EpPromotion -Force", "StandardNotSupported", true)]
    [InlineData("Get-EpPromotion -Kind Standard | Get-EpPromotionUsage", "StandardNotSupported", true)]
    [InlineData("[pscustomobject]@{ PromotionId = $standard; Kind = 'Standard' } | Get-EpPromotionUsage", "StandardNotSupported", true)]
    [InlineData("Remove-EpPromotion Loyalty -Force", "OtherPromotionKind", false)]
    [InlineData("Set-EpPromotion -Promotion $standard -Enabled $false", "OtherPromotionKind", false)]
    [InlineData("[pscustomobject]@{ Run = 'x'; Kind = 'gift' } | Receive-EpPromotionJob", "BadPromotionKind", true)]
    public async Task A_promotion_of_the_other_kind_is_an_error_that_says_so_and_nothing_is_changed(string command, string errorId, bool isKnown)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string standard = sandbox.Store.AddStandardPromotion("Loyalty").Id;
        string rule = sandbox.Store.AddPromotion("Summer").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        session.Run("$global:standard, $global:rule = $args", standard, rule);

        RunResult result = session.Run(command);

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.StartsWith(errorId + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("kind", error.ErrorDetails.RecommendedAction, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(sandbox.Store.Jobs(standard));
        Assert.Empty(sandbox.Store.Jobs(rule));
        if (isKnown)
        {
            Assert.Empty(sandbox.Writes());
            Assert.True(sandbox.Requests.Count(request => request.Method == "GET") <= 1, "Only the list was read, to have objects.");
        }
    }

    /// <summary>An id that neither kind has costs one more request, however often it is used; a missing job costs none.</summary>
    [Fact]
    public async Task The_other_kind_is_asked_once()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("Summer").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        const string missing = "00000000-0000-4000-8000-000000000000";

        session.Run($"Stop-EpPromotionJob -Promotion {id} -JobId {missing} -Force; Get-EpPromotionJob {missing}, {missing}, {missing}");

        RecordedRequest other = Assert.Single(
            sandbox.Requests, request => request.PathAndQuery.StartsWith("/v2/promotions", StringComparison.Ordinal));
        Assert.Equal($"GET /v2/promotions/{missing}", $"{other.Method} {other.PathAndQuery}");
    }

    [Fact]
    public async Task Each_input_gets_the_error_that_says_the_kind_and_the_other_kind_is_asked_once()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string standard = sandbox.Store.AddStandardPromotion("Loyalty").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("$id = $args[0]; 1..5 | ForEach-Object { $id } | Get-EpPromotionJob", standard);

        Assert.Equal(5, result.Errors.Count);
        Assert.All(result.Errors, error => Assert.StartsWith("OtherPromotionKind,", error.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.Single(sandbox.Requests, request => request.PathAndQuery.StartsWith("/v2/promotions/", StringComparison.Ordinal));
    }

    /// <summary>What the credentials may not read explains nothing: the error stays that of the promotion's own kind.</summary>
    [Theory]
    [InlineData("Get-EpPromotionJob 00000000-0000-4000-8000-000000000000", "NotFound")]
    [InlineData("Get-EpPromotionJob nothing", "PromotionNameNotFound")]
    public async Task If_the_other_kind_cannot_be_read_the_error_is_that_of_the_kind(string command, string errorId)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddStandardPromotion("nothing");
        sandbox.Faults.Add("path=/v2/promotions* action=status status=403");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        ErrorRecord error = Assert.Single(session.Run(command).Errors);

        Assert.StartsWith(errorId + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_error_names_the_promotion_and_the_kind_to_use()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string standard = sandbox.Store.AddStandardPromotion("Loyalty").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        ErrorRecord error = Assert.Single(session.Run("New-EpPromotionJob 1 -Promotion $args[0]", standard).Errors);

        Assert.Equal($"Promotion 'Loyalty' ({standard}) is of the kind Standard, not Rule.", error.ToString());
        Assert.Contains("-Kind Standard", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }
}
