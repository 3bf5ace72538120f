using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Pipeline;

/// <summary>
/// The variables of -PipelineVariable, of commands before ours: each output is written with those of its own input, although the command has
/// taken further inputs meanwhile.
/// </summary>
public sealed class PipelineVariableTests
{
    /// <summary>The jobs end when the upstream command advances the store's clock, after its last object has been accepted.</summary>
    [Theory]
    [InlineData("ForEach-Object { $_ } -PipelineVariable in | Wait-EpPromotionJob")]
    [InlineData("ForEach-Object { $_ } -pv:in | Wait-EpPromotionJob | ForEach-Object { $_ } -pipelinevar after")]
    [InlineData("ForEach-Object { $_ } -PIPEL 'in' |\n # a comment\n  Wait-EpPromotionJob |\n  Wait-EpPromotionJob")]
    [InlineData("ForEach-Object { $_ } -pv in | ForEach-Object { $_ } -pv other | Wait-EpPromotionJob -Timeout 60")]
    public async Task Each_output_finds_the_variable_of_its_own_input(string middle)
    {
        AdjustableTimeProvider time = new();
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy with { BaseJobDuration = TimeSpan.FromHours(1), TimeProvider = time });
        string[] ids = [.. Enumerable.Range(0, 4).Select(number => sandbox.Store.AddPromotion($"P{number}").Id)];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(
            $$"""
            $time, $ids = $args
            $jobs = $ids | ForEach-Object { $codes = 1 } { $_ | New-EpPromotionJob $codes; $codes *= 10 }
            function Get-Jobs { $jobs; $time.Advance([timespan]::FromHours(2)) }
            function Test {
                $r = Get-Jobs | {{middle}} | ForEach-Object { [pscustomobject]@{ Own = $_.JobId; Variable = $in.JobId } }
                $r
            }
            Test
            """,
            [time, .. ids]).ThrowIfFailed();

        Assert.Equal(ids.Length, result.Output.Count);
        Assert.Equal(result.Values("Own"), result.Values("Variable"));
    }

    [Fact]
    public async Task The_variables_of_several_commands_belong_to_the_same_input()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string[] ids = [.. Enumerable.Range(0, 12).Select(number => sandbox.Store.AddPromotion($"P{number}").Id)];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(
            """
            Get-EpPromotion -PipelineVariable p | New-EpPromotionJob -NumberOfCodes 1 -PipelineVariable j | Wait-EpPromotionJob |
                ForEach-Object { [pscustomobject]@{ Promotion = $_.PromotionId; First = $p.PromotionId; Job = $_.JobId; Second = $j.JobId } }
            """).ThrowIfFailed();

        Assert.Equal(ids.Order(), result.Values("Promotion").Order());
        Assert.Equal(result.Values("Promotion"), result.Values("First"));
        Assert.Equal(result.Values("Job"), result.Values("Second"));
    }

    /// <summary>Writing an earlier output must not leave its variable to what the commands before do next.</summary>
    [Fact]
    public async Task Commands_before_find_the_variable_of_the_latest_input()
    {
        AdjustableTimeProvider time = new();
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy with { BaseJobDuration = TimeSpan.FromHours(1), TimeProvider = time });
        string[] ids = [.. Enumerable.Range(0, 2).Select(number => sandbox.Store.AddPromotion($"P{number}").Id)];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        // The first job ends while the second one, which ends later, is passed on repeatedly.
        RunResult result = session.Run(
            """
            $time, $one, $two = $args
            $first = New-EpPromotionJob -Promotion $one -NumberOfCodes 1
            $time.Advance([timespan]::FromMinutes(30))
            $second = New-EpPromotionJob -Promotion $two -NumberOfCodes 10
            $first, $second | ForEach-Object { $_ } -PipelineVariable in |
                ForEach-Object {
                    $_
                    if ($_.JobId -eq $second.JobId) {
                        $time.Advance([timespan]::FromMinutes(40))
                        foreach ($copy in 1..500) { if ($written) { break }; $second; Start-Sleep -Milliseconds 20 }
                        if ($in.JobId -ne $second.JobId) { throw 'The variable is that of the first job.' }
                        $time.Advance([timespan]::FromHours(1))
                    }
                } |
                Wait-EpPromotionJob -Timeout 60 |
                ForEach-Object { $written = $true; $in.JobId -eq $_.JobId }
            """,
            [time, .. ids]).ThrowIfFailed();

        Assert.All(result.Output, item => Assert.Equal(true, item.BaseObject));
    }
}
