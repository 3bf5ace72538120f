using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Input;

/// <summary>Rows of a table, and the objects of other commands, bind their properties to parameters.</summary>
public sealed class TableRowTests
{
    [Fact]
    public async Task Rows_of_a_table_bind_by_property_name()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string one = sandbox.Store.AddPromotion("One").Id;
        string two = sandbox.Store.AddPromotion("Two").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult created = session.Run(
            """
            [pscustomobject]@{ PromotionId = $args[0]; NumberOfCodes = 3; CodePrefix = 'a'; CodeLength = 12; MaxUsesPerCode = 2; ConsumeUnit = 'PerApplication' },
            [pscustomobject]@{ PromotionId = $args[1]; NumberOfCodes = 4 } | New-EpPromotionJob
            """,
            one, two).ThrowIfFailed();

        Assert.Equal(["3", "4"], created.Values("NumberOfCodes").Order());
        SandboxJob job = sandbox.Store.Jobs(one).Single();
        Assert.Contains("\"consume_unit\":\"per_application\"", sandbox.Writes().First(write => write.PathAndQuery.Contains(one)).Body);
        Assert.Equal("a", job.Spec.CodePrefix);
        RunResult waited = session.Run(
            "[pscustomobject]@{ PromotionId = $args[0]; JobId = $args[1] } | Wait-EpPromotionJob", one, job.Id).ThrowIfFailed();
        Assert.Equal("completed", waited.Values("Status").Single());
    }

    [Theory]
    [InlineData("Promotion = 'two'", "PromotionIdAndNameDiffer")]
    [InlineData("Promotion = 'No such'", "PromotionIdAndNameDiffer")]
    [InlineData("Promotion = ' ONE '", null)]
    [InlineData("Promotion = ''", null)]
    [InlineData("Promotion = $args[0]", null)]
    [InlineData("PromotionName = 'Its former name'", null)]
    public async Task A_row_whose_id_and_name_are_of_different_promotions_is_an_error(string name, string? errorId)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string one = sandbox.Store.AddPromotion("One").Id;
        sandbox.Store.AddPromotion("Two");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run($"[pscustomobject]@{{ PromotionId = $args[0]; {name}; NumberOfCodes = 3 }} | New-EpPromotionJob", one);

        Assert.Equal(errorId is null ? [] : [errorId + ",EpPromo.PowerShell.NewEpPromotionJobCommand"], result.ErrorIds);
        Assert.Equal(errorId is null ? 1 : 0, sandbox.Writes().Count());
    }

    [Fact]
    public async Task An_empty_cell_means_no_value_and_not_zero()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run(
            "[pscustomobject]@{ PromotionId = $args[0]; NumberOfCodes = '3'; CodePrefix = ''; CodeLength = ''; MaxUsesPerCode = ' '; ConsumeUnit = '' } | New-EpPromotionJob",
            id).ThrowIfFailed();

        string body = sandbox.Writes().Single().Body;
        Assert.Contains("\"number_of_codes\":3", body, StringComparison.Ordinal);
        Assert.DoesNotContain("max_uses", body, StringComparison.Ordinal);
        Assert.DoesNotContain("code_length", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NumberOfCodes = '3'; MaxUsesPerCode = '1 use'", "New-EpPromotionJob")]
    [InlineData("NumberOfCodes = '3'; MaxUsesPerCode = '99999999999'", "New-EpPromotionJob")]
    [InlineData("NumberOfCodes = '3'; MaxUsesPerCode = '1.5'", "New-EpPromotionJob")]
    [InlineData("NumberOfCodes = '3'; CodeLength = '10x'", "New-EpPromotionJob")]
    [InlineData("NumberOfCodes = '2.5'", "New-EpPromotionJob")]
    [InlineData("NumberOfCodes = 2.5", "New-EpPromotionJob")]
    [InlineData("NumberOfCodes = '1,000'", "New-EpPromotionJob")]
    [InlineData("Count = '3'; MaxUsesPerCode = '1 use'", "Request-EpPromotionCode")]
    [InlineData("Count = '2.5'", "Request-EpPromotionCode")]
    public async Task A_cell_that_is_not_a_whole_number_is_an_error_and_the_other_rows_continue(string cells, string command)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string bad = sandbox.Store.AddPromotion("Bad").Id;
        string good = sandbox.Store.AddPromotion("Good").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(
            $"[pscustomobject]@{{ PromotionId = $args[0]; {cells} }}, [pscustomobject]@{{ PromotionId = $args[1]; NumberOfCodes = 1.0; Count = 1L }} | {command}",
            bad, good);

        Assert.StartsWith("ParameterArgumentTransformationError,EpPromo.PowerShell.", Assert.Single(result.ErrorIds));
        Assert.Contains("is not a whole number", Assert.Single(result.Errors).Exception.Message, StringComparison.Ordinal);
        Assert.Empty(sandbox.Store.Jobs(bad));
        Assert.Single(sandbox.Store.Jobs(good));
    }

    [Fact]
    public async Task A_failed_job_binds_to_a_new_one_with_the_same_parameters()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("Full", codesLimit: 10).Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        session.Run("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 11 -CodePrefix x | Wait-EpPromotionJob -AllowFailure", id).ThrowIfFailed();

        session.Run("Get-EpPromotionJob $args[0] -Status failed | New-EpPromotionJob", id).ThrowIfFailed();

        Assert.Equal([11, 11], sandbox.Store.Jobs(id).Select(job => job.Spec.NumberOfCodes!.Value));
        Assert.Equal(["x", "x"], sandbox.Store.Jobs(id).Select(job => job.Spec.CodePrefix));
    }
}
