using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Codes;

/// <summary>Export-EpPromotionCode: which jobs are exported, and which existing exports are used.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    [Theory]
    [InlineData("$jobs | Export-EpPromotionCode -Path $folder/codes")]
    [InlineData("$jobs | Export-EpPromotionCode -Path { \"$folder/$($_.JobId).csv\" }")]
    [InlineData("$jobs | ForEach-Object { [pscustomobject]@{ PromotionId = $_.PromotionId; JobId = $_.JobId } } | Export-EpPromotionCode -Path $folder/codes")]
    [InlineData("$jobs | ForEach-Object { Export-EpPromotionCode -Promotion $_.PromotionId -JobId $_.JobId -Path $folder/codes }")]
    public async Task An_export_job_given_by_its_ids_is_downloaded_and_not_made_again(string line)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string[] ids = [sandbox.Store.AddPromotion("One").Id, sandbox.Store.AddPromotion("Two").Id];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult files = session.Run(
            """
            $folder, $ids = $args
            $made = $ids | New-EpPromotionJob -Export | Wait-EpPromotionJob
            $jobs = $made | ForEach-Object { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_)) }

            """ + line,
            [_folder, .. ids]).ThrowIfFailed();

        Assert.Equal(ids.Order(), files.Values("PromotionId").Order());
        Assert.Equal(ids.Select(id => sandbox.Store.Jobs(id).Single().Id).Order(), files.Values("JobId").Order());
    }

    [Theory]
    [InlineData("$jobs | Export-EpPromotionCode -Path $folder/codes")]
    [InlineData("Export-EpPromotionCode -Job $jobs $folder/codes")]
    [InlineData("Export-EpPromotionCode -Job $jobs -Path $folder/codes")]
    [InlineData("$jobs | ForEach-Object { Export-EpPromotionCode -Job $_ $folder/codes }")]
    public async Task An_export_job_given_as_an_object_is_downloaded_and_not_made_again(string line)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string[] ids = [sandbox.Store.AddPromotion("One").Id, sandbox.Store.AddPromotion("Two").Id];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult files = session.Run(
            "$folder, $ids = $args; $jobs = $ids | New-EpPromotionJob -Export | Wait-EpPromotionJob; " + line, [_folder, .. ids]).ThrowIfFailed();

        Assert.Equal(ids.Order(), files.Values("PromotionId").Order());
        Assert.All(ids, id => Assert.Single(sandbox.Store.Jobs(id)));
    }

    [Fact]
    public async Task A_generate_job_given_by_its_ids_exports_its_codes()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run(
            """
            New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 3 | Wait-EpPromotionJob | ForEach-Object { [pscustomobject]@{ PromotionId = $_.PromotionId; JobId = $_.JobId } } |
                Export-EpPromotionCode -Path $args[1]
            """,
            id, Path.Combine(_folder, "codes.csv")).ThrowIfFailed();

        Assert.Equal(["code_generate", "code_export"], sandbox.Store.Jobs(id).Select(job => job.Spec.JobType));
        Assert.Equal(4, File.ReadAllLines(Path.Combine(_folder, "codes.csv")).Length);
    }

    [Fact]
    public async Task Busy_promotions_do_not_hold_up_the_others()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Quick with { DurationPerCode = TimeSpan.FromHours(1), ConcurrentJobs = 50 });
        string[] busy = [.. Enumerable.Range(0, 20).Select(number => sandbox.Store.AddPromotion($"P{number}").Id)];
        foreach (string id in busy)
        {
            sandbox.Store.AddJob(id, new JobSpec { JobType = JobSpec.Generate, Name = "nightly", NumberOfCodes = 1 });
        }

        string free = sandbox.Store.AddPromotion("Free").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult files = session.Run(
            "$folder, $ids = $args; $ids | Export-EpPromotionCode -Path $folder -Timeout 60 | Select-Object -First 1", [_folder, .. busy, free]).ThrowIfFailed();

        Assert.Equal([free], files.Values("PromotionId"));
    }

    [Fact]
    public async Task A_missing_job_is_an_error_and_creates_no_export()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string one = sandbox.Store.AddPromotion("One").Id;
        string two = sandbox.Store.AddPromotion("Two").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult files = session.Run(
            """
            [pscustomobject]@{ PromotionId = $args[0]; JobId = 'nothing' }, [pscustomobject]@{ PromotionId = $args[1]; JobId = '' } |
                Export-EpPromotionCode -Path $args[2]
            """,
            one, two, _folder);

        Assert.Equal("JobNotFound,EpPromo.PowerShell.ExportEpPromotionCodeCommand", files.ErrorIds.Single());
        Assert.Empty(sandbox.Store.Jobs(one));

        // An empty JobId cell means no job.
        Assert.Equal([two], files.Values("PromotionId"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
