using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Codes;

/// <summary>Add-EpPromotionCode: its input, what the store rejects, and codes that exist.</summary>
public sealed class AddCodeTests
{
    private const string Name = "EpPromo.PowerShell.AddEpPromotionCodeCommand";

    [Fact]
    public async Task Texts_objects_rows_and_promotions_can_be_piped()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string one = sandbox.Store.AddPromotion("One").Id;
        string two = sandbox.Store.AddPromotion("Two").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run("Add-EpPromotionCode A, ' B ' -Promotion One").ThrowIfFailed();
        session.Run("'C', 'D' | Add-EpPromotionCode -Promotion One -MaxUses 3").ThrowIfFailed();
        session.Run("Get-EpPromotionCode One -Code D | Add-EpPromotionCode -Promotion Two").ThrowIfFailed();
        session.Run("Get-EpPromotion | Add-EpPromotionCode E").ThrowIfFailed();
        session.Run(
            """
            "Code,max_uses,Promotion,is_for_new_shopper`nF,7,One,no`nG,,Two,yes`n00012,,Two," | ConvertFrom-Csv | Add-EpPromotionCode
            """).ThrowIfFailed();

        Assert.Equal(["A", "B", "C", "D", "E", "F"], Codes(sandbox, one));
        Assert.Equal(["00012", "D", "E", "G"], Codes(sandbox, two));
        Assert.Equal(
            [null, null, 3, 3, null, 7], sandbox.Store.Codes(one).OrderBy(code => code.Code).Select(code => code.Terms.Uses));
        Assert.Equal(3, sandbox.Store.Codes(two).Single(code => code.Code == "D").Terms.Uses);
        Assert.True(sandbox.Store.Codes(two).Single(code => code.Code == "G").Terms.IsForNewShopper);
    }

    [Fact]
    public async Task Nothing_but_texts_and_codes_becomes_a_code()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string one = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.NotEmpty(session.Run("Get-EpPromotion | Add-EpPromotionCode -Confirm:$false").Errors);
        Assert.NotEmpty(session.Run("[pscustomobject]@{ Promotion = 'One'; Voucher = 'A' } | Add-EpPromotionCode").Errors);

        Assert.Empty(sandbox.Store.Codes(one));
    }

    [Fact]
    public async Task A_misspelled_column_causes_a_warning()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("One");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult added = session.Run("'Code,MaxUse', 'A,1', 'B,1' | ConvertFrom-Csv | Add-EpPromotionCode -Promotion One").ThrowIfFailed();

        Assert.Contains("MaxUse", Assert.Single(added.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Add-EpPromotionCode '', A -Promotion One", "BadCode", "A")]
    [InlineData("Add-EpPromotionCode 'A B', A -Promotion One", "BadCode", "A")]
    [InlineData("Add-EpPromotionCode \"A`u{200B}\", A -Promotion One", "BadCode", "A")]
    [InlineData("'Code', 'A', 'a', 'B' | ConvertFrom-Csv | Add-EpPromotionCode -Promotion One", "CodeTwiceInInput", "A B")]
    [InlineData("'Code,x', ',1', 'A,1' | ConvertFrom-Csv | Add-EpPromotionCode -Promotion One -WarningAction Ignore", "BadCode", "A")]
    [InlineData("Add-EpPromotionCode A -Promotion One -MaxUses -1", "BadMaxUsesPerCode", "")]
    [InlineData("Add-EpPromotionCode A -Promotion One -ConsumeUnit often", "BadConsumeUnit", "")]
    [InlineData("Add-EpPromotionCode A -Promotion One -IncludesGuests", "BadCodeTerms", "")]
    [InlineData("Add-EpPromotionCode A -Promotion One -IsForNewShopper -MaxUses 1", "BadCodeTerms", "")]
    [InlineData("Add-EpPromotionCode A -Promotion One -MaxUsesPerShopper 1 -ConsumeUnit PerApplication", "BadCodeTerms", "")]
    [InlineData("Add-EpPromotionCode A -Promotion One -MaxUsesPerShopper 0", "BadMaxUsesPerShopper", "")]
    [InlineData("Add-EpPromotionCode A -Promotion One -ConsumeUnit per_cart", "BadConsumeUnit", "")]
    [InlineData("Add-EpPromotionCode A -Promotion Automatic, One", "AutomaticPromotion", "A")]
    public async Task Invalid_input_is_an_error_before_anything_is_sent_and_does_not_stop_the_rest(string script, string errorId, string added)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string one = sandbox.Store.AddPromotion("One").Id;
        sandbox.Store.AddPromotion("Automatic", automatic: true);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(script);

        Assert.Equal([$"{errorId},{Name}"], result.ErrorIds);
        Assert.Equal(added, string.Join(' ', Codes(sandbox, one)));
        Assert.InRange(sandbox.Writes().Count(), 0, added.Length == 0 ? 0 : 1);
    }

    [Fact]
    public async Task Codes_that_exist_are_errors_one_by_one_and_the_others_are_added()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string one = sandbox.Store.AddPromotion("One").Id;
        sandbox.Store.AddCodes(one, ["C-100", "c-700"]);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-MaxRequestsPerSecond 1000");

        RunResult added = session.Run("1..1000 | ForEach-Object { \"C-$_\" } | Add-EpPromotionCode -Promotion One -PassThru");

        Assert.Equal([$"CodeExists,{Name}", $"CodeExists,{Name}"], added.ErrorIds);
        Assert.Equal(["C-100", "C-700"], added.Errors.Select(error => error.TargetObject.ToString()));
        Assert.Equal(998, added.Output.Count);
        Assert.Equal(1000, sandbox.Store.Codes(one).Count);
        Assert.InRange(sandbox.Writes().Count(), 5, 8);
    }

    [Fact]
    public async Task With_SkipExisting_a_command_can_be_repeated()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string one = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-MaxRequestsPerSecond 1000");

        Assert.Equal(300, session.Run("1..300 | Add-EpPromotionCode -Promotion One -SkipExisting -PassThru").ThrowIfFailed().Output.Count);
        RunResult again = session.Run("1..500 | Add-EpPromotionCode -Promotion One -SkipExisting -PassThru").ThrowIfFailed();

        Assert.Equal(200, again.Output.Count);
        Assert.Equal(500, sandbox.Store.Codes(one).Count);
        Assert.Equal(3, sandbox.Writes().Count());
    }

    [Theory]
    [InlineData(0, 50)]
    [InlineData(130, 102)]
    [InlineData(1, 10_400)]
    public async Task Ten_thousand_codes_take_as_few_requests_as_the_size_that_the_store_accepts_allows(int maxCodes, int maxRequests)
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy with { MaxCodesPerRequest = maxCodes });
        string one = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-MaxRequestsPerSecond 10000");

        session.Run("1..10000 | ForEach-Object { [pscustomobject]@{ Code = \"C-$_\" } } | Add-EpPromotionCode -Promotion One").ThrowIfFailed();

        Assert.Equal(10_000, sandbox.Store.Codes(one).Count);
        Assert.InRange(sandbox.Writes().Count(), 1, maxRequests);
    }

    [Fact]
    public async Task Codes_of_other_promotions_are_a_warning()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("One");
        sandbox.Store.AddCodes(sandbox.Store.AddPromotion("Two").Id, ["A", "B"]);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult added = session.Run("Add-EpPromotionCode A, B, C -Promotion One").ThrowIfFailed();

        string warning = Assert.Single(added.Warnings);
        Assert.StartsWith("These codes of promotion 'One'", warning, StringComparison.Ordinal);
        Assert.EndsWith("are also in other promotions (2): A, B", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_promotion_gets_as_many_codes_as_its_limit_allows()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string one = sandbox.Store.AddPromotion("One", codesLimit: 330).Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-MaxRequestsPerSecond 1000");

        RunResult added = session.Run("1..500 | Add-EpPromotionCode -Promotion One");

        Assert.Equal([$"CodesLimitExceeded,{Name}"], added.ErrorIds);
        Assert.Contains("330 of 500 codes", added.Errors[0].ErrorDetails.Message, StringComparison.Ordinal);
        Assert.Equal(330, sandbox.Store.Codes(one).Count);
    }

    [Fact]
    public async Task WhatIf_says_how_many_codes_each_promotion_would_get_and_a_read_only_store_gets_none()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string one = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ReadOnly");

        session.Run("1..300 | Add-EpPromotionCode -Promotion One -WhatIf").ThrowIfFailed();

        Assert.Equal([$"ReadOnlyStore,{Name}"], session.Run("1..300 | Add-EpPromotionCode -Promotion One").ErrorIds);
        Assert.Empty(sandbox.Store.Codes(one));
    }

    private static IEnumerable<string> Codes(SandboxServer sandbox, string promotionId) =>
        sandbox.Store.Codes(promotionId).Select(code => code.Code).Order(StringComparer.Ordinal);
}
