using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Promotions;

/// <summary>Remove-EpPromotion asks first, and says what goes with the promotion.</summary>
public sealed class RemovePromotionTests
{
    [Theory]
    [InlineData(0, "no codes")]
    [InlineData(1, "its 1 code")]
    [InlineData(250, "its 250 codes")]
    public async Task The_question_names_the_promotion_and_the_number_of_its_codes(int count, string codes)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("Summer Sale").Id;
        sandbox.Store.AddPromotion("Other");
        sandbox.Store.AddCodes(id, Enumerable.Range(0, count).Select(i => $"code-{i}"));
        RecordingHost host = new(300);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);
        host.Answers.Enqueue("No");
        host.Answers.Enqueue("Yes");

        session.Run("Remove-EpPromotion 'summer sale' -WhatIf; Remove-EpPromotion 'summer sale'").ThrowIfFailed();
        Assert.Empty(sandbox.Writes());
        session.Run("Get-EpPromotion 'summer sale' | Remove-EpPromotion").ThrowIfFailed();

        string expected = $"\"Delete the promotion with its jobs and {codes}\" on target \"Promotion 'Summer Sale'\"";
        Assert.All(host.Questions, question => Assert.Contains(expected, question, StringComparison.Ordinal));
        Assert.Contains(expected, host.Screen, StringComparison.Ordinal);
        Assert.Equal(["Other"], sandbox.Store.Promotions.Select(promotion => promotion.Name));
    }

    [Fact]
    public async Task A_store_that_does_not_count_its_codes_says_at_least()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Quick with { TotalMethod = TotalMethod.Observed });
        string id = sandbox.Store.AddPromotion("A").Id;
        sandbox.Store.AddCodes(id, Enumerable.Range(0, 150).Select(i => $"code-{i}"));
        RecordingHost host = new(300);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);

        session.Run("Remove-EpPromotion A -WhatIf").ThrowIfFailed();

        Assert.Contains("Delete the promotion with its jobs and at least 100 codes", host.Screen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Force")]
    [InlineData("-Confirm:$false")]
    public async Task Without_a_question_it_is_one_request(string options)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("A");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        RunResult found = session.Run("Get-EpPromotion").ThrowIfFailed();
        int before = sandbox.Requests.Count;

        session.Run($"$args[0] | Remove-EpPromotion {options}", found.Output[0]).ThrowIfFailed();

        Assert.Equal("DELETE", Assert.Single(sandbox.Requests.Skip(before)).Method);
        Assert.Empty(sandbox.Store.Promotions);
    }

    [Theory]
    [InlineData("drop-after")]
    [InlineData("drop-before")]
    [InlineData("status status=503")]
    [InlineData("status status=409")]
    public async Task A_lost_response_is_no_error(string action)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("A");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        sandbox.Faults.Add(FaultRule.Parse($"endpoint=promotion-delete action={action} times=1"));

        session.Run("Remove-EpPromotion A -Force").ThrowIfFailed();

        Assert.Empty(sandbox.Store.Promotions);

        // Its name is forgotten, too.
        Assert.StartsWith("PromotionNameNotFound,", Assert.Single(session.Run("Remove-EpPromotion A -Force").ErrorIds), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_does_not_exist_is_an_error_and_the_others_are_removed()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("A");
        sandbox.Store.AddPromotion("B");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("'A', 'C', '00000000-0000-0000-0000-000000000000', 'B' | Remove-EpPromotion -Force");

        Assert.Equal(["NotFound", "PromotionNameNotFound"], result.ErrorIds.Select(id => id.Split(',')[0]).Order());
        Assert.Empty(sandbox.Store.Promotions);
        Assert.StartsWith("PromotionNameNotFound,", Assert.Single(session.Run("Remove-EpPromotion A -Force").ErrorIds), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_id_of_a_promotion_of_the_other_kind_is_an_error_that_says_so()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddStandardPromotion("A").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.StartsWith("OtherPromotionKind,", Assert.Single(session.Run("Remove-EpPromotion $args[0] -Force", id).ErrorIds), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_only_store_refuses()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("A");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ReadOnly");

        RunResult result = session.Run("Remove-EpPromotion A -Force; New-EpPromotion B");

        Assert.All(result.ErrorIds, id => Assert.StartsWith("ReadOnlyStore,", id, StringComparison.Ordinal));
        Assert.Equal(2, result.Errors.Count);
        Assert.Empty(sandbox.Writes());
    }
}
