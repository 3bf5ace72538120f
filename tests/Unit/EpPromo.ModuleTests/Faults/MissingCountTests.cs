using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Faults;

/// <summary>Failed jobs that do not report how many codes they made (api-contract.md section 5): a run still makes the exact number.</summary>
public sealed class MissingCountTests
{
    private const int Count = 20;

    [Fact]
    public async Task Codes_that_a_failed_job_made_without_reporting_them_are_removed_from_the_run()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy with { OmitCountsOfFailedJobs = true });
        string id = sandbox.Store.AddPromotion("One").Id;
        sandbox.Store.AddCodes(id, ["BF-OF-ANOTHER"]);
        sandbox.Faults.Add("endpoint=job-create action=fail-job count=7 times=1");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 1");

        foreach (string time in new[] { "first", "again" })
        {
            RunResult run = session.Run("Request-EpPromotionCode -Promotion $args[0] -Count 20 -BatchSize 10 -CodePrefix bf -Name bf26", id).ThrowIfFailed();

            Assert.Equal(["20 completed"], run.Output.Select(item => $"{item.Properties["Generated"].Value} {item.Properties["Status"].Value}"));
            Assert.True(sandbox.Store.Codes(id).Count == Count + 1, $"{time}: {sandbox.Store.Codes(id).Count} codes");
        }

        Assert.Contains(sandbox.Store.Codes(id), code => code.Code == "BF-OF-ANOTHER");
        Assert.Single(sandbox.Store.Jobs(id), job => job.Status == "failed");
    }
}
