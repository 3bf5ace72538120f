using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Codes;

/// <summary>Remove-EpPromotionCode: its input, its question, and codes that do not exist.</summary>
public sealed class RemoveCodeTests
{
    private const string Name = "EpPromo.PowerShell.RemoveEpPromotionCodeCommand";

    [Fact]
    public async Task Texts_objects_rows_and_promotions_can_be_piped()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string one = sandbox.Store.AddPromotion("One").Id;
        string two = sandbox.Store.AddPromotion("Two").Id;
        sandbox.Store.AddCodes(one, ["A", "B", "C D", "E", "F", "G"]);
        sandbox.Store.AddCodes(two, ["A", "B", "E", "F"]);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run("Remove-EpPromotionCode a, missing -Promotion One -Force").ThrowIfFailed();
        session.Run("'B' | Remove-EpPromotionCode -Promotion One -Force").ThrowIfFailed();
        session.Run("Get-EpPromotionCode One -Code 'C D' | Remove-EpPromotionCode -Confirm:$false").ThrowIfFailed();
        session.Run("Get-EpPromotion | Remove-EpPromotionCode E -Force").ThrowIfFailed();
        session.Run("'Code,Promotion', 'F,One', 'B,Two' | ConvertFrom-Csv | Remove-EpPromotionCode -Force").ThrowIfFailed();

        Assert.Equal(["G"], sandbox.Store.Codes(one).Select(code => code.Code));
        Assert.Equal(["A", "F"], sandbox.Store.Codes(two).Select(code => code.Code));
    }

    [Fact]
    public async Task The_question_is_asked_once_for_each_promotion_and_says_how_many_codes_there_are()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string one = sandbox.Store.AddPromotion("One").Id;
        string two = sandbox.Store.AddPromotion("Two").Id;
        sandbox.Store.AddCodes(two, ["A"]);
        sandbox.Store.AddCodes(one, Enumerable.Range(0, 300).Select(number => $"C-{number}"));
        RecordingHost host = new(80);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: host);

        session.Run("Get-EpPromotion | Get-EpPromotionCode | Remove-EpPromotionCode -WhatIf").ThrowIfFailed();

        Assert.Contains("\"Remove 300 codes\" on target \"Promotion 'One'\"", host.Screen, StringComparison.Ordinal);
        Assert.Contains("\"Remove 1 code\" on target \"Promotion 'Two'\"", host.Screen, StringComparison.Ordinal);
        Assert.Empty(sandbox.Writes());

        host.Answers.Enqueue("No");
        host.Answers.Enqueue("Yes");
        session.Run("Get-EpPromotion | Get-EpPromotionCode | Remove-EpPromotionCode").ThrowIfFailed();

        Assert.Equal(2, host.Questions.Count);
        Assert.Equal(300, sandbox.Store.Codes(one).Count + sandbox.Store.Codes(two).Count);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(130, 14)]
    public async Task Codes_are_removed_in_batches_of_the_size_that_the_store_accepts(int maxCodes, int maxRequests)
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy with { MaxCodesPerRequest = maxCodes });
        string one = sandbox.Store.AddPromotion("One").Id;
        sandbox.Store.AddCodes(one, Enumerable.Range(0, 1001).Select(number => $"C-{number}"));
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-MaxRequestsPerSecond 1000");

        session.Run("0..999 | ForEach-Object { \"c-$_\" } | Remove-EpPromotionCode -Promotion One -Force").ThrowIfFailed();

        Assert.Equal(["C-1000"], sandbox.Store.Codes(one).Select(code => code.Code));
        Assert.InRange(sandbox.Writes().Count(), 1, maxRequests);
    }

    [Theory]
    [InlineData("Remove-EpPromotionCode '', A -Promotion One -Force", "BadCode")]
    [InlineData("Remove-EpPromotionCode A -Promotion One, Nowhere -Force", "PromotionNameNotFound")]
    public async Task Invalid_input_is_an_error_and_does_not_stop_the_rest(string script, string errorId)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string one = sandbox.Store.AddPromotion("One").Id;
        sandbox.Store.AddCodes(one, ["A"]);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal([$"{errorId},{Name}"], session.Run(script).ErrorIds);

        Assert.Empty(sandbox.Store.Codes(one));
    }

    [Fact]
    public async Task A_promotion_that_does_not_exist_and_a_read_only_store_are_errors()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string one = sandbox.Store.AddPromotion("One").Id;
        sandbox.Store.AddCodes(one, ["A"]);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal(
            [$"NotFound,{Name}"],
            session.Run("Remove-EpPromotionCode A -Promotion 00000000-0000-4000-8000-000000000000 -Force").ErrorIds);
        session.Connect(sandbox, "-ReadOnly").ThrowIfFailed();
        Assert.Equal([$"ReadOnlyStore,{Name}"], session.Run("Remove-EpPromotionCode A -Promotion One -Force").ErrorIds);
        Assert.Single(sandbox.Store.Codes(one));
    }
}
