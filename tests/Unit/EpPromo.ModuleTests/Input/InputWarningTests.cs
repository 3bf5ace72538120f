using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Input;

/// <summary>Warnings and errors that say which promotion of the input they are about.</summary>
public sealed class InputWarningTests
{
    [Theory]
    [InlineData("New-EpPromotionJob 1", 1, 1)]
    [InlineData("Request-EpPromotionCode 1", 1, 1)]
    [InlineData("New-EpPromotionJob -Export", 0, 1)]
    [InlineData("Get-EpPromotionJob", 0, 0)]
    public async Task A_disabled_promotion_gets_its_codes_with_one_warning(string command, int warnings, int jobs)
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string off = sandbox.Store.AddPromotion("Black Friday", enabled: false).Id;
        sandbox.Store.AddPromotion("Summer Sale");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run($"'black friday', 'Summer Sale' | {command}").ThrowIfFailed();

        Assert.Equal(
            Enumerable.Repeat("Promotion 'Black Friday' is disabled: its codes cannot be used until it is enabled (Enable-EpPromotion).", warnings),
            result.Warnings);
        Assert.Equal(jobs, sandbox.Store.Jobs(off).Count);
    }

    [Theory]
    [InlineData("New-EpPromotionJob", "BadNumberOfCodes")]
    [InlineData("Request-EpPromotionCode", "BadCount")]
    public async Task An_error_about_a_row_names_its_promotion(string command, string errorId)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("Summer Sale");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(
            $$"""
            'Promotion,Count', 'Summer Sale,1', 'Winter Sale,0', 'Summer Sale,many' | ConvertFrom-Csv | {{command}}
            """);

        Assert.Equal([errorId, "ParameterArgumentTransformationError"], result.ErrorIds.Select(id => id.Split(',')[0]));
        Assert.StartsWith("Winter Sale: ", result.Errors[0].ToString(), StringComparison.Ordinal);

        // PowerShell itself rejects this row and cannot be told to name it, but its error has the row.
        Assert.Contains("Promotion=Summer Sale; Count=many", result.Errors[1].TargetObject.ToString(), StringComparison.Ordinal);
    }
}
