using System.Management.Automation;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Input;

/// <summary>Input that does not say how many codes to generate: one error, which says what is missing, and nothing is sent.</summary>
public sealed class CodeCountTests
{
    private const string Multiple = " If the file has several columns, specify the -Delimiter of Import-Csv that separates them.";

    [Theory]
    [InlineData("'Promotion,Cuont,CodePrefx', 'One,10,vip' | ConvertFrom-Csv |", "it has the columns Promotion, Cuont, CodePrefx", "")]
    [InlineData("'Promotion;Count', 'One;10' | ConvertFrom-Csv |", "it has the columns Promotion;Count", Multiple)]
    [InlineData("'Promotion,Count', 'One,' | ConvertFrom-Csv |", "its column Count is empty", "")]
    [InlineData("'One' |", "-{0} is missing", "")]
    [InlineData("$promotion |", "-{0} is missing", "")]
    public async Task A_missing_count_is_an_error_that_says_what_the_input_has(string input, string reason, string advice)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("One");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        session.Run("$global:promotion = Get-EpPromotion One").ThrowIfFailed();
        int before = sandbox.Requests.Count;
        foreach ((string command, string parameter) in (IEnumerable<(string, string)>)[("Request-EpPromotionCode", "Count"), ("New-EpPromotionJob", "NumberOfCodes")])
        {
            ErrorRecord error = Assert.Single(session.Run($"{input} {command}").Errors);

            Assert.StartsWith("CountMissing,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.EndsWith(
                $"The input does not say how many codes to generate: {string.Format(null, reason, parameter)}.", error.ToString(), StringComparison.Ordinal);
            Assert.Equal($"Specify -{parameter}, or pass a table with a column {parameter}.{advice}", error.ErrorDetails.RecommendedAction);
        }

        Assert.Equal(before, sandbox.Requests.Count);
    }

    /// <summary>As an argument, a run stands for its promotions only.</summary>
    [Theory]
    [InlineData("Request-EpPromotionCode")]
    [InlineData("New-EpPromotionJob")]
    public async Task A_run_as_an_argument_needs_a_count(string command)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        sandbox.AddBatch(id, "bf26 0001/0001", 3);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.StartsWith("CountMissing,", Assert.Single(session.Run($"{command} -Promotion (Get-EpPromotionRun bf26).Parts").ErrorIds), StringComparison.Ordinal);
    }

    /// <summary>PowerShell reports the cell; the input was not empty.</summary>
    [Theory]
    [InlineData("Request-EpPromotionCode")]
    [InlineData("New-EpPromotionJob")]
    public void A_cell_that_is_no_number_is_one_error(string command)
    {
        using ModuleSession session = new();

        string errorId = Assert.Single(session.Run($"'Promotion,Count', 'One,1.5' | ConvertFrom-Csv | {command}").ErrorIds);

        Assert.StartsWith("ParameterArgumentTransformationError,", errorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Request-EpPromotionCode", "Black Friday 26", true)]
    [InlineData("New-EpPromotionJob", "Black Friday 26", true)]
    [InlineData("Request-EpPromotionCode", "1.5", false)]
    [InlineData("New-EpPromotionJob", "1.5", false)]
    public void A_promotion_in_the_place_of_the_count_is_an_error_that_says_where_it_belongs(string command, string value, bool isPromotion)
    {
        using ModuleSession session = new();

        string error = Assert.Single(session.Run($"{command} '{value}' 10").Errors).ToString();

        Assert.Contains($"'{value}' is not a whole number.", error, StringComparison.Ordinal);
        Assert.Equal(isPromotion, error.EndsWith($"'Summer Sale' | {command} 1000, or specify it with -Promotion.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("(Get-EpPromotionRun bf26).Parts |")]
    [InlineData("(Get-EpPromotionRun bf26).Parts | ConvertTo-Csv | ConvertFrom-Csv |")]
    public async Task A_run_whose_jobs_do_not_show_the_count_needs_it(string input)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");
        session.Run("$args[0] | New-EpPromotionJob 10 -Name 'bf26 0001/0003' | Wait-EpPromotionJob", id).ThrowIfFailed();

        ErrorRecord error = Assert.Single(session.Run($"{input} Request-EpPromotionCode -Name bf26").Errors);

        Assert.StartsWith("RunCountUnknown,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal($"The jobs of run 'bf26' on promotion 'One' ({id}) do not show how many codes were requested, only that it was 30 or less.", error.ToString());
        Assert.Equal("Specify -Count with the number that was requested.", error.ErrorDetails.RecommendedAction);
        Assert.Equal(["27"], session.Run($"{input} Request-EpPromotionCode 27 -Name bf26").ThrowIfFailed().Values("Generated"));
    }

    [Fact]
    public async Task An_incomplete_run_of_an_unknown_count_says_how_many_were_requested_at_most()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");
        session.Run("$args[0] | New-EpPromotionJob 10 -Name 'bf26 0001/0003' | Wait-EpPromotionJob", id).ThrowIfFailed();

        ErrorRecord error = Assert.Single(session.Run("Receive-EpPromotionJob -Run bf26").Errors);

        Assert.EndsWith("is not complete: it has 10 codes; at most 30 were requested.", error.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("To resume the run, repeat its Request-EpPromotionCode command with -Name 'bf26',", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }
}
