using System.Management.Automation;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Jobs;

/// <summary>What reads the whole job list of a promotion reads its pages side by side, and Ctrl+C ends that.</summary>
public sealed class WholeJobListTests
{
    private const int Pages = 5;

    [Theory]
    [InlineData("Get-EpPromotionJob Summer")]
    [InlineData("Get-EpPromotionRun")]
    [InlineData("Get-EpPromotionJob -Run bf26")]
    [InlineData("$run | Receive-EpPromotionJob")]
    [InlineData("$run | Get-EpPromotionUsage")]
    [InlineData("$run | Measure-EpPromotionCode")]
    [InlineData("$run | Export-EpPromotionCode ([IO.Path]::GetTempPath())")]
    [InlineData("Measure-EpPromotionCode Summer")]
    [InlineData("Request-EpPromotionCode 500 -Promotion Summer -Name bf26 -WhatIf")]
    [InlineData("Watch-EpPromotionRun")]
    public async Task Its_pages_are_read_side_by_side(string command)
    {
        await using SandboxServer sandbox = await StartAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        session.Run("$global:run = Get-EpPromotionRun bf26").ThrowIfFailed();
        int before = sandbox.Requests.Count;
        sandbox.Faults.Add(new FaultRule { Endpoint = "job-list", Action = FaultAction.StallHeaders, Skip = 1 });

        PowerShell shell = session.NewShell(command);

        // One after another, nothing would be requested before the second page is there.
        await StopAssert.StopsInTimeAsync(shell, () => Lists(sandbox, before).Distinct().Count() >= 3);
    }

    [Fact]
    public async Task A_whole_list_costs_one_request_a_page()
    {
        await using SandboxServer sandbox = await StartAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        PSObject run = Assert.Single(session.Run("Get-EpPromotionRun").ThrowIfFailed().Output);

        Assert.Equal(Pages, Lists(sandbox, 0).Count());
        Assert.Equal(100 * Pages, run.Properties["Jobs"].Value);
    }

    /// <summary>A run of as many jobs as five pages have.</summary>
    private static async Task<SandboxServer> StartAsync()
    {
        SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        DateTimeOffset start = DateTimeOffset.UtcNow.AddDays(-1);
        for (int number = 1; number <= 100 * Pages; number++)
        {
            sandbox.Store.AddFinishedJob(
                promotion,
                new JobSpec { JobType = JobSpec.Generate, Name = $"bf26 {number:0000}/{100 * Pages:0000}", NumberOfCodes = 1 },
                "completed",
                start.AddSeconds(number * 3),
                TimeSpan.FromSeconds(2));
        }

        return sandbox;
    }

    /// <summary>The pages of jobs that were requested, without the first <paramref name="before"/> requests of all kinds.</summary>
    private static IEnumerable<string> Lists(SandboxServer sandbox, int before) => sandbox.Requests.Skip(before)
        .Where(request => request.Method == "GET" && request.PathAndQuery.Contains("/jobs?", StringComparison.Ordinal))
        .Select(request => request.PathAndQuery);
}
