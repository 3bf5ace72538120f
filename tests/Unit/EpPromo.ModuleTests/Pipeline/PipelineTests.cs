using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Pipeline;

/// <summary>The main job, end to end, as an operator types it.</summary>
public sealed class PipelineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("eppromo-test-").FullName;

    [Fact]
    public async Task The_whole_job_on_one_line_makes_the_codes_of_every_promotion_and_exports_them()
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
            string file = Path.Combine(_folder, "codes", promotion.Id + "_codes.csv");
            string[] lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
            Assert.Equal(501, lines.Length);
            Assert.Equal(500, sandbox.Store.Codes(promotion.Id).Count);
            Assert.All(sandbox.Store.Codes(promotion.Id), code => Assert.Contains(lines, line => line.Contains(code.Code, StringComparison.OrdinalIgnoreCase)));
            Assert.Equal(["code_generate", "code_export"], sandbox.Store.Jobs(promotion.Id).Select(job => job.Spec.JobType));
        }

        Assert.Equal(2, Directory.GetFiles(Path.Combine(_folder, "codes")).Length);
    }

    [Fact]
    public async Task Rows_of_a_table_bind_by_property_name()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string one = sandbox.Store.AddPromotion("One").Id;
        string two = sandbox.Store.AddPromotion("Two").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult created = session.Run(
            """
            [pscustomobject]@{ PromotionId = $args[0]; NumberOfCodes = 3; CodePrefix = 'a'; CodeLength = 12; MaxUsesPerCode = 2; ConsumeUnit = 'PerApplication' },
            [pscustomobject]@{ PromotionId = $args[1]; NumberOfCodes = 4 } | New-EpPromotionJob
            """,
            one, two).ThrowIfFailed();

        Assert.Equal(["3", "4"], created.Values("NumberOfCodes").Order());
        SandboxJob job = sandbox.Store.Jobs(one).Single();
        Assert.Contains("\"consume_unit\":\"per_application\"", sandbox.Writes().First(write => write.PathAndQuery.Contains(one)).Body);
        Assert.Equal("a", job.Spec.CodePrefix);
        RunResult waited = session.Run(
            "[pscustomobject]@{ PromotionId = $args[0]; JobId = $args[1] } | Wait-EpPromotionJob", one, job.Id).ThrowIfFailed();
        Assert.Equal("completed", waited.Values("Status").Single());
    }

    [Fact]
    public async Task An_empty_cell_is_nothing_and_not_zero()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run(
            "[pscustomobject]@{ PromotionId = $args[0]; NumberOfCodes = '3'; CodePrefix = ''; CodeLength = ''; MaxUsesPerCode = ' '; ConsumeUnit = '' } | New-EpPromotionJob",
            id).ThrowIfFailed();

        string body = sandbox.Writes().Single().Body;
        Assert.Contains("\"number_of_codes\":3", body, StringComparison.Ordinal);
        Assert.DoesNotContain("max_uses", body, StringComparison.Ordinal);
        Assert.DoesNotContain("code_length", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NumberOfCodes = '3'; MaxUsesPerCode = '1 use'", "New-EpPromotionJob")]
    [InlineData("NumberOfCodes = '3'; MaxUsesPerCode = '99999999999'", "New-EpPromotionJob")]
    [InlineData("NumberOfCodes = '3'; MaxUsesPerCode = '1.5'", "New-EpPromotionJob")]
    [InlineData("NumberOfCodes = '3'; CodeLength = '10x'", "New-EpPromotionJob")]
    [InlineData("NumberOfCodes = '2.5'", "New-EpPromotionJob")]
    [InlineData("NumberOfCodes = 2.5", "New-EpPromotionJob")]
    [InlineData("NumberOfCodes = '1,000'", "New-EpPromotionJob")]
    [InlineData("Count = '3'; MaxUsesPerCode = '1 use'", "Request-EpPromotionCode")]
    [InlineData("Count = '2.5'", "Request-EpPromotionCode")]
    public async Task A_cell_that_is_no_whole_number_is_an_error_and_the_other_rows_go_on(string cells, string command)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string bad = sandbox.Store.AddPromotion("Bad").Id;
        string good = sandbox.Store.AddPromotion("Good").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(
            $"[pscustomobject]@{{ PromotionId = $args[0]; {cells} }}, [pscustomobject]@{{ PromotionId = $args[1]; NumberOfCodes = 1.0; Count = 1L }} | {command}",
            bad, good);

        Assert.StartsWith("ParameterArgumentTransformationError,EpPromo.PowerShell.", Assert.Single(result.ErrorIds));
        Assert.Contains("is not a whole number", Assert.Single(result.Errors).Exception.Message, StringComparison.Ordinal);
        Assert.Empty(sandbox.Store.Jobs(bad));
        Assert.Single(sandbox.Store.Jobs(good));
    }

    [Fact]
    public async Task A_failed_job_binds_to_a_new_one_with_the_same_parameters()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("Full", codesLimit: 10).Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        session.Run("New-EpPromotionJob $args[0] -NumberOfCodes 11 -CodePrefix x | Wait-EpPromotionJob -AllowFailure", id).ThrowIfFailed();

        session.Run("Get-EpPromotionJob $args[0] -Status failed | New-EpPromotionJob", id).ThrowIfFailed();

        Assert.Equal([11, 11], sandbox.Store.Jobs(id).Select(job => job.Spec.NumberOfCodes!.Value));
        Assert.Equal(["x", "x"], sandbox.Store.Jobs(id).Select(job => job.Spec.CodePrefix));
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
        RunResult job = session.Run("New-EpPromotionJob $args[0] -NumberOfCodes 5", id).ThrowIfFailed();
        int before = sandbox.Requests.Count;

        session.Run("New-EpPromotionJob $args[0] -NumberOfCodes 5 -WhatIf", id).ThrowIfFailed();
        session.Run("New-EpPromotionJob $args[0] -Export -WhatIf", id).ThrowIfFailed();
        session.Run("$args[0] | Stop-EpPromotionJob -WhatIf", job.Output[0]).ThrowIfFailed();
        session.Run("$args[0] | Stop-EpPromotionJob -Force -WhatIf", job.Output[0]).ThrowIfFailed();
        session.Run("Export-EpPromotionCode $args[0] $args[1] -WhatIf", id, _folder).ThrowIfFailed();

        Assert.Equal(before, sandbox.Requests.Count);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task ErrorAction_Stop_ends_the_pipeline_with_the_error()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(
            "New-EpPromotionJob $args[0] -NumberOfCodes 5 -ErrorAction Stop; 'not reached'", Guid.NewGuid().ToString());

        Assert.Empty(result.Output);
        Assert.StartsWith("NotFound,", result.Terminating?.FullyQualifiedErrorId);
    }

    [Fact]
    public async Task ErrorAction_Stop_emits_the_jobs_that_were_being_created()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string[] ids = [.. Enumerable.Range(0, 5).Select(number => sandbox.Store.AddPromotion($"P{number}").Id)];

        // The promotion that is not there is answered at once, the others' creates are not.
        foreach (string id in ids)
        {
            sandbox.Faults.Add($"endpoint=job-create path=*{id}* action=stall-headers time=300ms");
        }

        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(
            "$args | New-EpPromotionJob -NumberOfCodes 1 -ErrorAction Stop", [.. ids, Guid.NewGuid().ToString()]);

        Assert.StartsWith("NotFound,", result.Terminating?.FullyQualifiedErrorId);
        Assert.Equal(
            ids.SelectMany(id => sandbox.Store.Jobs(id)).Where(job => job.Spec.NumberOfCodes == 1).Select(job => job.Id).Order(),
            result.Values("JobId").Order());
        Assert.Equal(5, result.Output.Count);
    }

    [Fact]
    public async Task Rows_that_wait_for_a_busy_promotion_do_not_hold_up_the_others()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string busy = sandbox.Store.AddPromotion("Busy").Id;
        string free = sandbox.Store.AddPromotion("Free").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        session.Run("New-EpPromotionJob $args[0] -NumberOfCodes 1", busy).ThrowIfFailed();

        RunResult created = session.Run(
            "(, $args[0] * 20) + $args[1] | New-EpPromotionJob -NumberOfCodes 1 -WhenBusy Wait | Select-Object -First 1", busy, free).ThrowIfFailed();

        Assert.Equal([free], created.Values("PromotionId"));
    }

    [Fact]
    public async Task A_script_block_names_each_file()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("Summer A");
        sandbox.Store.AddPromotion("Summer B");
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        session.Run("Get-EpPromotion | Export-EpPromotionCode -Path { \"$($args[0])/$($_.Name).csv\" }".Replace("$($args[0])", _folder)).ThrowIfFailed();

        Assert.Equal(["Summer A.csv", "Summer B.csv"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Rows_of_an_export_come_as_objects_with_the_ids()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult rows = session.Run(
            """
            $null = New-EpPromotionJob $args[0] -NumberOfCodes 3 | Wait-EpPromotionJob
            New-EpPromotionJob $args[0] -Export | Wait-EpPromotionJob | Receive-EpPromotionJob
            """,
            id).ThrowIfFailed();

        Assert.Equal(sandbox.Store.Codes(id).Select(code => code.Code).Order(), rows.Values("Code").Order());
        Assert.Equal([id, id, id], rows.Values("PromotionId"));
    }

    [Fact]
    public async Task A_cancelled_job_is_an_error_for_those_who_wait_unless_they_allow_it()
    {
        await using SandboxServer sandbox = await Sandboxes.StartSlowAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult stopped = session.Run("New-EpPromotionJob $args[0] -NumberOfCodes 3 | Stop-EpPromotionJob -Force -Wait", id).ThrowIfFailed();
        RunResult waited = session.Run("Get-EpPromotionJob $args[0] | Wait-EpPromotionJob", id);
        RunResult allowed = session.Run("Get-EpPromotionJob $args[0] | Wait-EpPromotionJob -AllowFailure", id).ThrowIfFailed();

        Assert.Equal("cancelled", stopped.Values("Status").Single());
        Assert.Equal("JobCancelled,EpPromo.PowerShell.WaitEpPromotionJobCommand", waited.ErrorIds.Single());
        Assert.Equal("cancelled", allowed.Values("Status").Single());
    }

    [Fact]
    public async Task WhenBusy_Wait_creates_the_job_after_the_one_in_the_way()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run(
            "1..3 | ForEach-Object { $args[0] } | New-EpPromotionJob -NumberOfCodes 2 -WhenBusy Wait | Wait-EpPromotionJob".Replace("$args[0]", $"'{id}'"));

        result.ThrowIfFailed();
        Assert.Equal(3, sandbox.Store.Jobs(id).Count);
        Assert.Equal(6, sandbox.Store.Codes(id).Count);
    }

    [Fact]
    public async Task Jobs_are_filtered_paged_and_counted()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        session.Run(
            "1..5 | ForEach-Object { New-EpPromotionJob -PromotionId $id -NumberOfCodes 1 -Name \"batch $_\" | Wait-EpPromotionJob }"
                .Replace("$id", $"'{id}'")).ThrowIfFailed();
        session.Run("New-EpPromotionJob $args[0] -Export | Wait-EpPromotionJob", id).ThrowIfFailed();

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
    public async Task A_misspelled_filter_is_told_apart_from_nothing_found(string filter, string? warning)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult jobs = session.Run("$args | Get-EpPromotionJob " + filter, id, id).ThrowIfFailed();

        Assert.Equal(warning is null ? 0 : 1, jobs.Warnings.Count);
        Assert.StartsWith(warning ?? "", jobs.Warnings.SingleOrDefault() ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_asked_for_by_its_id_is_missing_only_when_no_promotion_has_it()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string one = sandbox.Store.AddPromotion("One").Id;
        string two = sandbox.Store.AddPromotion("Two").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        string job = session.Run("New-EpPromotionJob $args[0] -NumberOfCodes 1 | Wait-EpPromotionJob", two).ThrowIfFailed().Values("JobId").Single()!;

        Assert.Equal([job], session.Run("Get-EpPromotionJob $args[0], $args[1] -JobId $args[2]", one, two, job).ThrowIfFailed().Values("JobId"));
        Assert.Empty(session.Run("Get-EpPromotionJob $args[0] -JobId $args[1] -JobType code_export", two, job).ThrowIfFailed().Output);
        Assert.Single(session.Run("Get-EpPromotionJob $args[0] -JobId $args[1], nothing -First 1", two, job).ThrowIfFailed().Output);
        Assert.Equal(
            $"Cannot find job nothing of promotion {one}, {two}.",
            session.Run("Get-EpPromotionJob $args[0], $args[1] -JobId nothing", one, two).Errors.Single().Exception.Message);
    }

    [Fact]
    public async Task A_bad_job_id_does_not_keep_the_others_from_being_found()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string one = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        string job = session.Run("New-EpPromotionJob $args[0] -NumberOfCodes 1", one).ThrowIfFailed().Values("JobId").Single()!;

        RunResult found = session.Run("Get-EpPromotionJob $args[0] -JobId 'not an id!', $args[1]", one, job);

        Assert.Equal([job], found.Values("JobId"));
        Assert.Equal(["BadId,EpPromo.PowerShell.GetEpPromotionJobCommand"], found.ErrorIds);
    }

    [Theory]
    [InlineData("completed")]
    [InlineData("Complete")]
    public async Task A_job_is_completed_in_both_of_the_stores_spellings(string status)
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
    public async Task A_job_is_not_called_missing_when_its_promotion_could_not_be_read()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string one = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal(
            ["NotFound", "BadId"],
            session.Run("Get-EpPromotionJob $args[0], 'b d', $args[1] -JobId nothing", Guid.NewGuid().ToString(), one).ErrorIds.Select(id => id.Split(',')[0]).OrderDescending());
    }

    [Theory]
    [InlineData("$jobs | Export-EpPromotionCode -Path $folder/codes")]
    [InlineData("Export-EpPromotionCode $jobs $folder/codes")]
    [InlineData("Export-EpPromotionCode -Job $jobs -Path $folder/codes")]
    [InlineData("$jobs | ForEach-Object { Export-EpPromotionCode $_ $folder/codes }")]
    public async Task The_file_of_an_export_job_is_fetched_as_it_is(string line)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string[] ids = [sandbox.Store.AddPromotion("One").Id, sandbox.Store.AddPromotion("Two").Id];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult files = session.Run(
            "$folder, $ids = $args; $jobs = $ids | New-EpPromotionJob -Export | Wait-EpPromotionJob; " + line, [_folder, .. ids]).ThrowIfFailed();

        Assert.Equal(ids.Order(), files.Values("PromotionId").Order());
        Assert.All(ids, id => Assert.Single(sandbox.Store.Jobs(id)));
    }

    [Theory]
    [InlineData("Export-EpPromotionCode $promotions $folder/codes")]
    [InlineData("Export-EpPromotionCode $promotions[0], $promotions[1] $folder/codes")]
    [InlineData("Export-EpPromotionCode $promotions.PromotionId $folder/codes")]
    [InlineData("$promotions | Export-EpPromotionCode -Path $folder/codes")]
    [InlineData("$promotions.PromotionId | Export-EpPromotionCode -Path $folder/codes")]
    [InlineData("$promotions | ForEach-Object { [pscustomobject]@{ PromotionId = $_.PromotionId } } | Export-EpPromotionCode -Path $folder/codes")]
    [InlineData("New-EpPromotionJob $promotions -Export")]
    [InlineData("New-EpPromotionJob $promotions[0], $promotions[1].PromotionId -Export")]
    [InlineData("New-EpPromotionJob $promotions.Where({ $_.Enabled }) -Export")]
    [InlineData("$promotions | New-EpPromotionJob -NumberOfCodes 1 | Wait-EpPromotionJob | Out-Null; $jobs = $promotions | Get-EpPromotionJob; New-EpPromotionJob $jobs -Export")]
    [InlineData("Request-EpPromotionCode ($promotions | New-EpPromotionJob -Export | Wait-EpPromotionJob) 1")]
    [InlineData("Get-EpPromotionJob ($promotions | New-EpPromotionJob -Export | Wait-EpPromotionJob)")]
    [InlineData("Get-EpPromotion -PromotionId ($promotions | New-EpPromotionJob -Export | Wait-EpPromotionJob)")]
    [InlineData("$jobs = $promotions | New-EpPromotionJob -NumberOfCodes 1 | Wait-EpPromotionJob; Export-EpPromotionCode -PromotionId $jobs -Path $folder/codes")]
    public async Task Promotions_and_jobs_stand_for_the_ids_of_their_promotions(string line)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string[] ids = [sandbox.Store.AddPromotion("One").Id, sandbox.Store.AddPromotion("Two").Id];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        RunResult result = session.Run("$folder = $args[0]; $promotions = Get-EpPromotion; " + line, _folder).ThrowIfFailed();

        Assert.Equal(ids.Order(), result.Values("PromotionId").Order());
        Assert.All(ids, id => Assert.Contains(sandbox.Store.Jobs(id), job => job.Spec.JobType == "code_export"));
    }

    [Theory]
    [InlineData("$DebugPreference = 'Inquire'; New-EpPromotionJob $args[0] -NumberOfCodes 1")]
    [InlineData("New-EpPromotionJob $args[0] -NumberOfCodes 1 -Debug")]
    [InlineData("New-EpPromotionJob $args[0] -NumberOfCodes 1 | Wait-EpPromotionJob -Debug")]
    [InlineData("Request-EpPromotionCode $args[0] 1 -Debug | Out-Null; Get-EpPromotionJob $args[0]")]
    public async Task Debug_lines_that_nobody_can_answer_lose_no_job(string line)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("One").Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox, host: new RecordingHost(100));

        RunResult created = session.Run(line, id).ThrowIfFailed();

        Assert.Equal(sandbox.Store.Jobs(id).Single().Id, Assert.Single(created.Values("JobId")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
