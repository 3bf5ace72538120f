using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Input;

/// <summary>
/// Names and values are compared the same way under every culture. In Turkish and Azeri, <c>I</c> is not the capital of <c>i</c>, so each
/// text here contains one, in the opposite case of the store's.
/// </summary>
public sealed class CultureTests
{
    [Theory]
    [InlineData("tr-TR")]
    [InlineData("az-Latn-AZ")]
    [InlineData("")]
    public async Task Everything_is_found_in_any_case(string culture)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("Black Friday").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 0");

        RunResult found = session.Run(
            """
            [cultureinfo]::CurrentCulture = [cultureinfo]::CurrentUICulture = $args[1]
            $id = $args[0]
            $null = Request-EpPromotionCode -Promotion $id -Count 3 -Name 'Winter Issue' -CodePrefix 'WIN' -ConsumeUnit PerApplication
            function Say($what, $script) { "$what $(@(& $script).Count)" }
            Say 'name' { Get-EpPromotion 'BLACK FRIDAY' }
            Say 'wildcard' { Get-EpPromotion '*FRIDAY' }
            Say 'inner wildcard' { Get-EpPromotion 'BL*FRID?Y' }
            Say 'job name' { Get-EpPromotionJob $id -Name 'WINTER ISSUE*' }
            Say 'job name small' { Get-EpPromotionJob $id -Name '*winter issue*' }
            Say 'status' { Get-EpPromotionJob $id -Status COMPLETED }
            Say 'type' { Get-EpPromotionJob $id -JobType CODE_GENERATE }
            Say 'pascal type' { Get-EpPromotionJob $id -JobType CodeGenerate }
            Say 'codes' { Get-EpPromotionJob $id | Receive-EpPromotionJob }
            Say 'run' { Request-EpPromotionCode -Promotion $id -Count 3 -Name 'WINTER ISSUE' -CodePrefix 'WIN' -ConsumeUnit per_application }
            Say 'enum' { New-EpPromotionJob -Promotion $id -Export -WhenBusy WAIT | Wait-EpPromotionJob }
            $line = "Get-EpPromotionJob $id -Status PROCESSI"
            Say 'completed word' { [Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches }
            $line = 'Get-EpPromotion FRIDAY'
            Say 'completed name' { [Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches }
            """,
            id, culture).ThrowIfFailed();

        Assert.Equal(
            [
                "name 1", "wildcard 1", "inner wildcard 1", "job name 1", "job name small 1", "status 1", "type 1", "pascal type 1", "codes 3",
                "run 1", "enum 1", "completed word 1", "completed name 1",
            ],
            found.Output.Select(item => item.ToString()));
        Assert.Equal(3, sandbox.Store.Codes(id).Count);
    }
}
