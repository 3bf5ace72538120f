using System.Globalization;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Faults;

/// <summary>Stores with other paging, filters and totals (api-contract.md sections 3, 5 and 6): a list is read completely, or it is an error.</summary>
public sealed class ListVariantTests : IDisposable
{
    private const string Prefix = @"mother's \ day";

    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    [Theory]
    [InlineData(CodeFilterSupport.All)]
    [InlineData(CodeFilterSupport.WithoutEscapes)]
    [InlineData(CodeFilterSupport.WithoutQuotes)]
    [InlineData(CodeFilterSupport.None)]
    public async Task A_job_yields_its_codes_for_any_prefix_and_any_filter_support_of_the_store(CodeFilterSupport filters)
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy with { CodeFilterSupport = filters });
        string id = sandbox.Store.AddPromotion("One").Id;
        sandbox.Store.AddCodes(id, Enumerable.Range(0, 120).Select(i => string.Create(CultureInfo.InvariantCulture, $"AA-{i:000}")));
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult codes = session.Run(
            "New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 150 -CodePrefix $args[1] | Wait-EpPromotionJob | Receive-EpPromotionJob", id, Prefix)
            .ThrowIfFailed();

        Assert.Empty(codes.Warnings);
        Assert.Equal(150, codes.Output.Count);
        Assert.All(codes.Values("Code"), code => Assert.StartsWith(Prefix, code, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(CodeFilterSupport.All)]
    [InlineData(CodeFilterSupport.WithoutEscapes)]
    public async Task The_file_of_a_run_is_complete_for_any_prefix(CodeFilterSupport filters)
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy with { CodeFilterSupport = filters });
        string id = sandbox.Store.AddPromotion("One").Id;
        sandbox.Store.AddCodes(id, ["AA-BEFORE"]);
        string path = Path.Combine(_folder, "codes.csv");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult run = session.Run(
            "Request-EpPromotionCode -PromotionId $args[0] -Count 150 -BatchSize 100 -CodePrefix $args[1] -Path $args[2]", id, Prefix, path)
            .ThrowIfFailed();

        Assert.Equal("completed", Assert.Single(run.Values("Status")));
        Assert.Equal(151, (await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken)).Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_job_list_that_cannot_be_read_completely_is_an_error(bool withMeta)
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(
            Sandboxes.Roomy with { IgnorePagingOfJobsAndCodes = true, IncludeMeta = withMeta });
        string id = WithJobs(sandbox, 30);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult jobs = session.Run("Get-EpPromotionJob $args[0]", id);

        Assert.Equal("PagingIgnored,EpPromo.PowerShell.GetEpPromotionJobCommand", Assert.Single(jobs.ErrorIds));
        Assert.Equal(25, jobs.Output.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lost_create_is_not_retried_if_the_job_list_cannot_be_read_completely(bool withMeta)
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(
            Sandboxes.Roomy with { IgnorePagingOfJobsAndCodes = true, IncludeMeta = withMeta });
        string id = WithJobs(sandbox, 30);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 1");
        sandbox.Faults.Add("endpoint=job-create action=drop-after times=1");

        RunResult job = session.Run("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 5", id);

        Assert.Equal("CreateUncertain,EpPromo.PowerShell.NewEpPromotionJobCommand", Assert.Single(job.ErrorIds));
        Assert.Equal(31, sandbox.Store.Jobs(id).Count);
        Assert.Single(sandbox.Writes());
    }

    [Theory]
    [InlineData(TotalMethod.Observed)]
    [InlineData(TotalMethod.LowerBound)]
    public async Task An_inexact_total_hides_no_jobs_or_codes(TotalMethod method)
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy with { TotalMethod = method, TotalCap = 100 });
        string id = WithJobs(sandbox, 250);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal(250, session.Run("Get-EpPromotionJob $args[0]", id).ThrowIfFailed().Output.Count);
        Assert.Equal(
            250,
            session.Run("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 250 | Wait-EpPromotionJob | Receive-EpPromotionJob", id)
                .ThrowIfFailed().Output.Count);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string WithJobs(SandboxServer sandbox, int count)
    {
        string id = sandbox.Store.AddPromotion("One").Id;
        for (int i = 0; i < count; i++)
        {
            sandbox.Store.AddFinishedJob(
                id, new JobSpec { JobType = JobSpec.Export }, "completed", DateTimeOffset.UtcNow.AddHours(i - count - 1), TimeSpan.FromSeconds(1));
        }

        return id;
    }
}
