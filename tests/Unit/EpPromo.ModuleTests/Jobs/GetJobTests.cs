using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Jobs;

/// <summary>Get-EpPromotionJob: filters, paging, and which jobs are reported as missing.</summary>
public sealed class GetJobTests
{
    [Fact]
    public async Task Jobs_are_filtered_paged_and_counted()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        session.Run(
            "1..5 | ForEach-Object { New-EpPromotionJob -PromotionId $id -NumberOfCodes 1 -Name \"batch $_\" | Wait-EpPromotionJob }"
                .Replace("$id", $"'{id}'")).ThrowIfFailed();
        session.Run("New-EpPromotionJob -Promotion $args[0] -Export | Wait-EpPromotionJob", id).ThrowIfFailed();

        Assert.Equal(5, session.Run("Get-EpPromotionJob $args[0] -JobType CodeGenerate", id).ThrowIfFailed().Output.Count);
        Assert.Equal(["batch 5", "batch 4"], session.Run("Get-EpPromotionJob $args[0] -Name batch* -Newest 2", id).Values("Name"));
        Assert.Equal(2, session.Run("Get-EpPromotionJob $args[0] -First 2 -Skip 1", id).Output.Count);
        RunResult counted = session.Run("Get-EpPromotionJob $args[0] -JobType code_generate -First 1 -IncludeTotalCount", id);
        Assert.Equal(2, counted.Output.Count);
        Assert.Equal(5UL, counted.Output[^1].BaseObject);
        Assert.Equal(
            "JobNotFound,EpPromo.PowerShell.GetEpPromotionJobCommand",
            session.Run("Get-EpPromotionJob $args[0] -JobId nothing", id).ErrorIds.Single());
    }

    [Theory]
    [InlineData("-Status done", "'done' is not one of the known values: pending, processing, completed,")]
    [InlineData("-JobType generate", "'generate' is not one of the known values: code_generate, code_export.")]
    [InlineData("-Status Complete, FAILED -JobType CodeExport", null)]
    public async Task A_misspelled_filter_value_causes_a_warning(string filter, string? warning)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult jobs = session.Run("$args | Get-EpPromotionJob " + filter, id, id).ThrowIfFailed();

        Assert.Equal(warning is null ? 0 : 1, jobs.Warnings.Count);
        Assert.StartsWith(warning ?? "", jobs.Warnings.SingleOrDefault() ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_id_is_an_error_only_if_no_promotion_has_such_a_job()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string one = sandbox.Store.AddPromotion("One").Id;
        string two = sandbox.Store.AddPromotion("Two").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        string job = session.Run("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 1 | Wait-EpPromotionJob", two).ThrowIfFailed().Values("JobId").Single()!;

        Assert.Equal([job], session.Run("Get-EpPromotionJob $args[0], $args[1] -JobId $args[2]", one, two, job).ThrowIfFailed().Values("JobId"));
        Assert.Empty(session.Run("Get-EpPromotionJob $args[0] -JobId $args[1] -JobType code_export", two, job).ThrowIfFailed().Output);
        Assert.Single(session.Run("Get-EpPromotionJob $args[0] -JobId $args[1], nothing -First 1", two, job).ThrowIfFailed().Output);
        Assert.Equal(
            $"Cannot find job nothing of promotion {one}, {two}.",
            session.Run("Get-EpPromotionJob $args[0], $args[1] -JobId nothing", one, two).Errors.Single().Exception.Message);
    }

    [Fact]
    public async Task An_invalid_job_id_does_not_stop_the_others()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string one = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        string job = session.Run("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 1", one).ThrowIfFailed().Values("JobId").Single()!;

        RunResult found = session.Run("Get-EpPromotionJob $args[0] -JobId 'not an id!', $args[1]", one, job);

        Assert.Equal([job], found.Values("JobId"));
        Assert.Equal(["BadId,EpPromo.PowerShell.GetEpPromotionJobCommand"], found.ErrorIds);
    }

    [Theory]
    [InlineData("completed")]
    [InlineData("Complete")]
    public async Task Both_spellings_of_completed_in_the_API_are_the_same_status(string status)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string one = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        sandbox.Faults.Add(new FaultRule
        {
            Endpoint = "job-list",
            Action = FaultAction.Status,
            Status = 200,
            Text = """{"data":[{"id":"a","job_type":"code_export","name":"one","status":"complete"},{"id":"b","job_type":"code_export","name":"two","status":"completed"},{"id":"c","job_type":"code_export","name":"three","status":"processing"}],"meta":{"results":{"total":3}}}""",
        });

        Assert.Equal(["a", "b"], session.Run("Get-EpPromotionJob $args[0] -Status $args[1]", one, status).ThrowIfFailed().Values("JobId"));
    }

    [Fact]
    public async Task A_job_is_not_reported_missing_if_its_promotion_could_not_be_read()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string one = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal(
            ["PromotionNameNotFound", "NotFound"],
            session.Run("Get-EpPromotionJob $args[0], 'b d', $args[1] -JobId nothing", Guid.NewGuid().ToString(), one).ErrorIds.Select(id => id.Split(',')[0]).OrderDescending());
    }
}
