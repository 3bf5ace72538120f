using System.Management.Automation;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Input;

/// <summary>Input that has no codes: one error, which says what the input has and what is missing, and nothing is sent.</summary>
public sealed class CodeColumnTests
{
    private const string Multiple = " If the file has several columns, specify the -Delimiter of Import-Csv that separates them.";

    [Theory]
    [InlineData("'Kode,MaxUses', 'A,1' | ConvertFrom-Csv", "-Promotion One", "it has the columns Kode, MaxUses", "")]
    [InlineData("'Kode,MaxUse', 'A,1' | ConvertFrom-Csv", "-Promotion One", "it has the columns Kode, MaxUse", "")]
    [InlineData("'Code;MaxUses', 'A;1' | ConvertFrom-Csv", "-Promotion One", "it has the columns Code;MaxUses", Multiple)]
    [InlineData("'Kode,Promotion', 'A,One' | ConvertFrom-Csv", "", "it has the columns Kode, Promotion", "")]
    [InlineData("'Code;Promotion', 'A;One' | ConvertFrom-Csv", "", "it has the columns Code;Promotion", Multiple)]
    [InlineData("Get-Item $PSHOME", "-Promotion One", "-Code is missing", "")]
    [InlineData("$promotion", "", "-Code is missing", "")]
    [InlineData("$promotion", "-Promotion One", "-Code is missing", "")]
    public async Task Input_without_codes_is_an_error_that_says_what_it_has(string input, string options, string reason, string advice)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("One");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        session.Run("$global:promotion = Get-EpPromotion One").ThrowIfFailed();
        int before = sandbox.Requests.Count;
        foreach (string command in (IEnumerable<string>)["Add-EpPromotionCode", "Remove-EpPromotionCode -Force"])
        {
            RunResult result = session.Run($"{input} | {command} {options}");

            ErrorRecord error = Assert.Single(result.Errors);
            Assert.StartsWith("NoCode,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.EndsWith($"The input has no codes: {reason}.", error.ToString(), StringComparison.Ordinal);
            Assert.EndsWith($"or specify -Code.{advice}", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
            Assert.Empty(result.Warnings);
        }

        Assert.Equal(before, sandbox.Requests.Count);
    }

    /// <summary>An argument is not converted to what it is not, either.</summary>
    [Theory]
    [InlineData("Add-EpPromotionCode")]
    [InlineData("Remove-EpPromotionCode -Force")]
    public async Task Rows_without_codes_are_errors_and_the_codes_of_the_others_are_used(string command)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string one = sandbox.Store.AddPromotion("One").Id;
        sandbox.Store.AddCodes(one, ["B"]);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run($"{command} -Promotion One -Code ([pscustomobject]@{{ Code = 'A' }}), ([pscustomobject]@{{ Kode = 'C' }}), 'B'");

        Assert.Contains("NoCode", result.ErrorIds.Select(id => id.Split(',')[0]));
        Assert.Equal(command.StartsWith("Add", StringComparison.Ordinal) ? 2 : 0, sandbox.Store.Codes(one).Count);
    }
}
