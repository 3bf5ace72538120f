using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Pipeline;

/// <summary>The main job, end to end, as an operator types it.</summary>
public sealed class PipelineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    [Fact]
    public async Task One_line_generates_the_codes_of_every_promotion_and_exports_them()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        SandboxPromotion[] promotions = [sandbox.Store.AddPromotion("Summer A"), sandbox.Store.AddPromotion("Summer B")];
        sandbox.Store.AddPromotion("Winter");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(
            """
            Get-EpPromotion -Name 'Summer*' | New-EpPromotionJob -NumberOfCodes 500 -CodePrefix summer -MaxUsesPerCode 1 |
                Wait-EpPromotionJob | Export-EpPromotionCode -Path $args[0]
            """,
            Path.Combine(_folder, "codes")).ThrowIfFailed();

        Assert.Equal(2, result.Output.Count);
        foreach (SandboxPromotion promotion in promotions)
        {
            string file = Assert.Single(Directory.GetFiles(Path.Combine(_folder, "codes"), promotion.Name + "_*.csv"));
            string[] lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
            Assert.Equal(501, lines.Length);
            Assert.Equal(500, sandbox.Store.Codes(promotion.Id).Count);
            Assert.All(sandbox.Store.Codes(promotion.Id), code => Assert.Contains(lines, line => line.Contains(code.Code, StringComparison.OrdinalIgnoreCase)));
            Assert.Equal(["code_generate", "code_export"], sandbox.Store.Jobs(promotion.Id).Select(job => job.Spec.JobType));
        }

        Assert.Equal(2, Directory.GetFiles(Path.Combine(_folder, "codes")).Length);
    }

    [Fact]
    public async Task One_bad_promotion_does_not_stop_the_others()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string good = sandbox.Store.AddPromotion("Good").Id;
        string full = sandbox.Store.AddPromotion("Full", codesLimit: 5).Id;
        string missing = Guid.NewGuid().ToString();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(
            "$args | New-EpPromotionJob -NumberOfCodes 10 | Wait-EpPromotionJob", missing, full, good);

        Assert.Equal(good, result.Values("PromotionId").Single());
        Assert.Equal(
            ["CodesLimitExceeded,EpPromo.PowerShell.WaitEpPromotionJobCommand", "NotFound,EpPromo.PowerShell.NewEpPromotionJobCommand"],
            result.ErrorIds.Order());
    }

    [Fact]
    public async Task WhatIf_sends_nothing()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: new RecordingHost(100));
        RunResult job = session.Run("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 5", id).ThrowIfFailed();
        int before = sandbox.Requests.Count;

        session.Run("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 5 -WhatIf", id).ThrowIfFailed();
        session.Run("New-EpPromotionJob -Promotion $args[0] -Export -WhatIf", id).ThrowIfFailed();
        session.Run("$args[0] | Stop-EpPromotionJob -WhatIf", job.Output[0]).ThrowIfFailed();
        session.Run("$args[0] | Stop-EpPromotionJob -Force -WhatIf", job.Output[0]).ThrowIfFailed();
        session.Run("Export-EpPromotionCode -Promotion $args[0] $args[1] -WhatIf", id, _folder).ThrowIfFailed();

        Assert.Equal(before, sandbox.Requests.Count);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task ErrorAction_Stop_ends_the_pipeline_with_the_error()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(
            "New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 5 -ErrorAction Stop; 'not reached'", Guid.NewGuid().ToString());

        Assert.Empty(result.Output);
        Assert.StartsWith("NotFound,", result.Terminating?.FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("Export-EpPromotionCode -Promotion $promotions $folder/codes")]
    [InlineData("Export-EpPromotionCode -Promotion $promotions[0], $promotions[1] $folder/codes")]
    [InlineData("Export-EpPromotionCode -Promotion $promotions.PromotionId $folder/codes")]
    [InlineData("$promotions | Export-EpPromotionCode -Path $folder/codes")]
    [InlineData("$promotions.PromotionId | Export-EpPromotionCode -Path $folder/codes")]
    [InlineData("$promotions | ForEach-Object { [pscustomobject]@{ PromotionId = $_.PromotionId } } | Export-EpPromotionCode -Path $folder/codes")]
    [InlineData("New-EpPromotionJob -Promotion $promotions -Export")]
    [InlineData("New-EpPromotionJob -Promotion $promotions[0], $promotions[1].PromotionId -Export")]
    [InlineData("New-EpPromotionJob -Promotion $promotions.Where({ $_.Enabled }) -Export")]
    [InlineData("$promotions | New-EpPromotionJob -NumberOfCodes 1 | Wait-EpPromotionJob | Out-Null; $jobs = $promotions | Get-EpPromotionJob; New-EpPromotionJob -Promotion $jobs -Export")]
    [InlineData("Request-EpPromotionCode -Promotion ($promotions | New-EpPromotionJob -Export | Wait-EpPromotionJob) 1")]
    [InlineData("Get-EpPromotionJob ($promotions | New-EpPromotionJob -Export | Wait-EpPromotionJob)")]
    [InlineData("Get-EpPromotion -PromotionId ($promotions | New-EpPromotionJob -Export | Wait-EpPromotionJob)")]
    [InlineData("$jobs = $promotions | New-EpPromotionJob -NumberOfCodes 1 | Wait-EpPromotionJob; Export-EpPromotionCode -PromotionId $jobs -Path $folder/codes")]
    public async Task Promotions_and_jobs_are_accepted_as_promotion_ids(string line)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string[] ids = [sandbox.Store.AddPromotion("One").Id, sandbox.Store.AddPromotion("Two").Id];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("$folder = $args[0]; $promotions = Get-EpPromotion; " + line, _folder).ThrowIfFailed();

        Assert.Equal(ids.Order(), result.Values("PromotionId").Order());
        Assert.All(ids, id => Assert.Contains(sandbox.Store.Jobs(id), job => job.Spec.JobType == "code_export"));
    }

    [Theory]
    [InlineData("$DebugPreference = 'Inquire'; New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 1")]
    [InlineData("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 1 -Debug")]
    [InlineData("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 1 | Wait-EpPromotionJob -Debug")]
    [InlineData("Request-EpPromotionCode -Promotion $args[0] 1 -Debug | Out-Null; Get-EpPromotionJob $args[0]")]
    public async Task Debug_prompts_without_an_answer_lose_no_job(string line)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: new RecordingHost(100));

        RunResult created = session.Run(line, id).ThrowIfFailed();

        Assert.Equal(sandbox.Store.Jobs(id).Single().Id, Assert.Single(created.Values("JobId")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
