using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Codes;

/// <summary>Receive-EpPromotionJob: the codes of a generate job and no others, and the rows of an export.</summary>
public sealed class ReceiveTests
{
    /// <summary>Jobs that run long enough for others to add codes in the meantime.</summary>
    private static readonly SandboxOptions s_tenMinutes = Sandboxes.Roomy with { BaseJobDuration = TimeSpan.FromMinutes(10) };

    [Theory]
    [InlineData("-CodePrefix bf")]
    [InlineData("")]
    public async Task A_generate_job_yields_exactly_its_own_codes(string prefix)
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy);
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        sandbox.Store.AddCodes(id, ["BF-BEFORE"]);
        RunResult jobs = session.Run(
            $"1..3 | ForEach-Object {{ New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 150 {prefix} | Wait-EpPromotionJob }}".Replace("$args[0]", $"'{id}'"))
            .ThrowIfFailed();
        sandbox.Store.AddCodes(id, ["BF-AFTER"]);

        RunResult codes = session.Run("Receive-EpPromotionJob -PromotionId $args[0] -JobId $args[1]", id, jobs.Values("JobId")[1]!).ThrowIfFailed();

        Assert.Empty(codes.Warnings);
        Assert.Equal(
            sandbox.Store.Codes(id).Where(code => code.JobId == jobs.Values("JobId")[1]).Select(code => code.Code).Order(),
            codes.Values("Code").Order());
        Assert.All(codes.Output, code => Assert.Equal("EpPromo.PromotionCode", code.TypeNames[0]));
        Assert.All(codes.Values("PromotionId"), promotion => Assert.Equal(id, promotion));
    }

    [Fact]
    public async Task A_warning_gives_both_numbers_if_more_codes_match_than_the_job_made()
    {
        AdjustableTimeProvider time = new();
        await using SandboxServer sandbox = await Sandboxes.StartAsync(s_tenMinutes with { TimeProvider = time });
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        RunResult job = session.Run("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 3 -CodePrefix bf", id).ThrowIfFailed();
        sandbox.Store.AddCodes(id, ["BF-HAND-2026"]);
        time.Advance(TimeSpan.FromMinutes(20));

        RunResult codes = session.Run("$args[0] | Receive-EpPromotionJob", job.Output[0]).ThrowIfFailed();

        Assert.Equal(4, codes.Output.Count);
        Assert.Equal(
            $"Job {job.Values("JobId")[0]} of promotion 'One' ({id}) reports that it generated 3 codes, and 4 match its prefix and time.", Assert.Single(codes.Warnings));
    }

    [Fact]
    public async Task A_job_without_a_count_of_its_codes_is_compared_with_the_requested_number()
    {
        AdjustableTimeProvider time = new();
        await using SandboxServer sandbox = await Sandboxes.StartAsync(s_tenMinutes with { TimeProvider = time });
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        session.Run("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 3 -CodePrefix bf", id).ThrowIfFailed();
        sandbox.Store.AddCodes(id, ["BF-HAND-2026"]);
        time.Advance(TimeSpan.FromMinutes(20));
        RunResult job = session.Run("Get-EpPromotionJob $args[0]", id).ThrowIfFailed();

        session.Run(TestJob.Functions).ThrowIfFailed();

        RunResult codes = session.Run("Set-TestJob $args[0] @{ Generated = $null }; $args[0] | Receive-EpPromotionJob", job.Output[0]).ThrowIfFailed();

        Assert.Equal(4, codes.Output.Count);
        Assert.Equal(
            $"Job {job.Values("JobId")[0]} of promotion 'One' ({id}) was to generate 3 codes and does not report how many it generated. 4 match its prefix and time.",
            Assert.Single(codes.Warnings));
    }

    [Fact]
    public async Task Codes_that_the_list_does_not_show_yet_are_waited_for()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy with
        {
            Faults = [new FaultRule { Endpoint = "code-list", Action = FaultAction.ListLag, Time = TimeSpan.FromMinutes(1), Times = 1 }],
        });
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 5");

        RunResult codes = session.Run("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 150 | Wait-EpPromotionJob | Receive-EpPromotionJob", id).ThrowIfFailed();

        Assert.Empty(codes.Warnings);
        Assert.Equal(sandbox.Store.Codes(id).Select(code => code.Code).Order(), codes.Values("Code").Order());
    }

    [Fact]
    public async Task A_job_without_any_number_is_waited_for_and_warned_about()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy with
        {
            Faults = [new FaultRule { Endpoint = "code-list", Action = FaultAction.ListLag, Time = TimeSpan.FromMinutes(1), Times = 1 }],
        });
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, "-ConsistencyWindow 5");
        session.Run(TestJob.Functions).ThrowIfFailed();

        RunResult codes = session.Run(
            """
            $job = New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 150 | Wait-EpPromotionJob
            Set-TestJob $job @{ Generated = $null; NumberOfCodes = $null }
            $job | Receive-EpPromotionJob
            """,
            id).ThrowIfFailed();

        Assert.Equal(sandbox.Store.Codes(id).Select(code => code.Code).Order(), codes.Values("Code").Order());
        Assert.Equal(
            $"Job {sandbox.Store.Jobs(id).Single().Id} of promotion 'One' ({id}) reports neither how many codes it generated nor how many it was to generate. Found by its prefix and time: 150 codes.",
            Assert.Single(codes.Warnings));
    }

    [Fact]
    public async Task A_failed_job_is_an_error_at_once()
    {
        await using SandboxServer sandbox = await Sandboxes.StartAsync(Sandboxes.Roomy with { CodesPerPromotion = 2 });
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        session.Run("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 3 | Wait-EpPromotionJob -ErrorAction SilentlyContinue", id);

        RunResult codes = session.Run("Get-EpPromotionJob $args[0] | Receive-EpPromotionJob", id);

        Assert.Equal("CodesLimitExceeded,EpPromo.PowerShell.ReceiveEpPromotionJobCommand", Assert.Single(codes.ErrorIds));
    }

    [Fact]
    public async Task A_job_that_has_not_completed_is_an_error()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult codes = session.Run("New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 3 | Receive-EpPromotionJob", id);

        Assert.Equal("JobNotCompleted,EpPromo.PowerShell.ReceiveEpPromotionJobCommand", Assert.Single(codes.ErrorIds));
        Assert.Empty(codes.Output);
    }

    [Fact]
    public async Task Rows_of_an_export_are_objects_with_the_promotion_id()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult rows = session.Run(
            """
            $null = New-EpPromotionJob -Promotion $args[0] -NumberOfCodes 3 | Wait-EpPromotionJob
            New-EpPromotionJob -Promotion $args[0] -Export | Wait-EpPromotionJob | Receive-EpPromotionJob
            """,
            id).ThrowIfFailed();

        Assert.Equal(sandbox.Store.Codes(id).Select(code => code.Code).Order(), rows.Values("Code").Order());
        Assert.Equal([id, id, id], rows.Values("PromotionId"));
    }
}
