using System.Text.Json.Nodes;
using EpPromo.Sandbox;

namespace EpPromo.UnitTests.Sandbox;

/// <summary>Jobs behave as contract sections 3 and 5 say.</summary>
public sealed class JobTests
{
    [Fact]
    public async Task A_job_is_pending_then_processing_then_completed_after_its_duration()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;

        SandboxResponse created = await sandbox.GenerateAsync(promotion, codes: 100);

        Assert.Equal((201, "pending"), ((int)created.Status, created.JobStatus));
        Assert.Matches(@"^2026-01-31T12:00:00\.\d{9}Z$", (string?)created["data", "meta", "timestamps", "created_at"]);
        Assert.Equal(JobStatus.Processing, sandbox.Store.Jobs(promotion)[0].Status);
        sandbox.Time.Advance(TimeSpan.FromMilliseconds(299));
        Assert.Equal(JobStatus.Processing, sandbox.Store.Jobs(promotion)[0].Status);
        sandbox.Time.Advance(TimeSpan.FromMilliseconds(1));
        SandboxResponse list = await sandbox.GetAsync(SandboxUnderTest.JobsPath(promotion));
        Assert.Equal("completed", (string?)list["data", 0, "status"]);
        Assert.Equal(100, (int?)list["data", 0, "result", "generated"]);
        Assert.Equal(0, (int?)list["data", 0, "result", "deleted"]);
        Assert.Equal(100, sandbox.Store.Codes(promotion).Select(code => code.Code.ToUpperInvariant()).Distinct().Count());
    }

    [Fact]
    public async Task A_promotion_has_at_most_one_active_job_whatever_other_promotions_have()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        string other = sandbox.Store.AddPromotion("Winter").Id;
        await sandbox.GenerateAsync(promotion);

        (await sandbox.ExportAsync(promotion)).AssertError(400, "Too many jobs", "Only 1 pending or processing job is allowed per promotion.");
        Assert.Equal(201, (int)(await sandbox.GenerateAsync(other)).Status);
        sandbox.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(201, (int)(await sandbox.ExportAsync(promotion)).Status);
    }

    [Theory]
    [InlineData(false, 201)]
    [InlineData(true, 400)]
    public async Task A_cancelling_job_blocks_a_new_one_if_the_option_says_so(bool blocks, int status)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync(o => o with { CancellingJobBlocksNewJob = blocks });
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        string job = (await sandbox.GenerateAsync(promotion, codes: 1000)).Id;
        await sandbox.PostAsync($"{SandboxUnderTest.JobsPath(promotion)}/{job}/cancel", null);

        Assert.Equal(status, (int)(await sandbox.GenerateAsync(promotion)).Status);
    }

    [Fact]
    public async Task By_default_a_store_processes_one_job_at_a_time_and_a_cancelling_job_blocks_a_new_one()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string[] promotions = [.. Enumerable.Range(0, 2).Select(i => sandbox.Store.AddPromotion($"P{i}").Id)];
        string first = (await sandbox.GenerateAsync(promotions[0], codes: 1000)).Id;
        await sandbox.GenerateAsync(promotions[1]);
        await sandbox.PostAsync($"{SandboxUnderTest.JobsPath(promotions[0])}/{first}/cancel", null);

        Assert.Equal("cancelling pending", Statuses());
        (await sandbox.GenerateAsync(promotions[0])).AssertError(400, "Too many jobs");
        sandbox.Time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal("cancelled processing", Statuses());
        Assert.Equal(201, (int)(await sandbox.GenerateAsync(promotions[0])).Status);

        string Statuses() => string.Join(' ', promotions.Select(promotion => sandbox.Store.Jobs(promotion)[0].Status));
    }

    [Fact]
    public async Task Jobs_beyond_the_concurrency_limit_start_in_the_order_of_creation()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync(o => o with { ConcurrentJobs = 2 });
        string[] promotions = [.. Enumerable.Range(0, 5).Select(i => sandbox.Store.AddPromotion($"P{i}").Id)];
        foreach (string promotion in promotions)
        {
            await sandbox.GenerateAsync(promotion, codes: 100);
        }

        Assert.Equal("processing processing pending pending pending", Statuses());
        sandbox.Time.Advance(TimeSpan.FromMilliseconds(300));
        Assert.Equal("completed completed processing processing pending", Statuses());

        // Without an access in between, the last job has still started and finished on time.
        sandbox.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("completed completed completed completed completed", Statuses());
        SandboxJob last = sandbox.Store.Jobs(promotions[4])[0];
        Assert.Equal(TimeSpan.FromMilliseconds(900), last.UpdatedAt - last.CreatedAt);

        string Statuses() => string.Join(' ', promotions.Select(promotion => sandbox.Store.Jobs(promotion)[0].Status));
    }

    [Fact]
    public async Task A_job_that_exceeds_the_codes_limit_is_accepted_and_fails()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Small", codesLimit: 15).Id;
        await sandbox.GenerateAsync(promotion, codes: 10);
        sandbox.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(201, (int)(await sandbox.GenerateAsync(promotion, codes: 6)).Status);
        sandbox.Time.Advance(TimeSpan.FromSeconds(1));

        JsonNode? failed = (await sandbox.GetAsync(SandboxUnderTest.JobsPath(promotion)))["data", 1];
        Assert.Equal(("failed", "codes limit exceeded"), ((string?)failed?["status"], (string?)failed?["error"]));
        Assert.Equal(10, sandbox.Store.Codes(promotion).Count);
    }

    [Fact]
    public async Task Cancelling_deletes_the_codes_of_the_job()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        sandbox.Store.AddCodes(promotion, ["KEEP"]);
        string job = (await sandbox.GenerateAsync(promotion, codes: 1000 - 1)).Id;
        sandbox.Time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal(51, sandbox.Store.Codes(promotion).Count);

        SandboxResponse cancelled = await sandbox.PostAsync($"{SandboxUnderTest.JobsPath(promotion)}/{job}/cancel", null);
        Assert.Equal((200, "cancelling"), ((int)cancelled.Status, cancelled.JobStatus));
        sandbox.Time.Advance(TimeSpan.FromMilliseconds(100));

        SandboxJob ended = sandbox.Store.Jobs(promotion)[0];
        Assert.Equal((JobStatus.Cancelled, 50, 50), (ended.Status, ended.Generated, ended.Deleted));
        Assert.Equal("KEEP", Assert.Single(sandbox.Store.Codes(promotion)).Code);
        (await sandbox.PostAsync($"{SandboxUnderTest.JobsPath(promotion)}/{job}/cancel", null))
            .AssertError(422, "Unprocessable Entity", "Only pending or processing jobs can be cancelled");
    }

    [Fact]
    public async Task A_job_that_finishes_before_its_cancellation_takes_effect_is_completed()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        string job = (await sandbox.GenerateAsync(promotion, codes: 100)).Id;
        sandbox.Time.Advance(TimeSpan.FromMilliseconds(250));

        SandboxResponse cancelled = await sandbox.PostAsync($"{SandboxUnderTest.JobsPath(promotion)}/{job}/cancel", null);
        Assert.Equal("cancelling", cancelled.JobStatus);
        sandbox.Time.Advance(TimeSpan.FromMilliseconds(50));

        Assert.Equal(JobStatus.Completed, sandbox.Store.Jobs(promotion)[0].Status);
        Assert.Equal(100, sandbox.Store.Codes(promotion).Count);
    }

    [Fact]
    public async Task A_pending_job_that_is_cancelled_never_starts()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync(o => o with { ConcurrentJobs = 1 });
        await sandbox.GenerateAsync(sandbox.Store.AddPromotion("First").Id, codes: 1000);
        string promotion = sandbox.Store.AddPromotion("Second").Id;
        string job = (await sandbox.GenerateAsync(promotion)).Id;
        await sandbox.PostAsync($"{SandboxUnderTest.JobsPath(promotion)}/{job}/cancel", null);
        sandbox.Time.Advance(TimeSpan.FromHours(1));

        SandboxJob ended = sandbox.Store.Jobs(promotion)[0];
        Assert.Equal((JobStatus.Cancelled, 0, 0), (ended.Status, ended.Generated, ended.Deleted));
    }

    [Theory]
    [InlineData("summer", 8, PrefixDash.WhenMissing, "^summer-[a-z2-9]{4}-[a-z2-9]{4}$")]
    [InlineData("summer-", 10, PrefixDash.WhenMissing, "^summer-[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{2}$")]
    [InlineData("summer-", 8, PrefixDash.Always, "^summer--[a-z2-9]{4}-[a-z2-9]{4}$")]
    [InlineData("", 16, PrefixDash.Always, "^[a-z2-9]{4}(-[a-z2-9]{4}){3}$")]
    public async Task A_code_is_a_prefix_and_groups_of_four_characters(string prefix, int length, PrefixDash dash, string pattern)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync(o => o with { PrefixDash = dash });
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        await sandbox.GenerateAsync(promotion, 3, prefix, length);
        sandbox.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.All(sandbox.Store.Codes(promotion), code => Assert.Matches(pattern, code.Code));
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_ids_and_codes_and_no_two_jobs_have_the_same_codes()
    {
        async Task<string> IdsAndCodesAsync()
        {
            await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
            string promotion = sandbox.Store.AddPromotion("Summer").Id;
            for (int i = 0; i < 3; i++)
            {
                await sandbox.GenerateAsync(promotion, codes: 300);
                sandbox.Time.Advance(TimeSpan.FromSeconds(1));
            }

            IReadOnlyList<SandboxCode> codes = sandbox.Store.Codes(promotion);
            Assert.Equal(900, codes.Select(code => code.Code).Distinct().Count());
            return promotion + string.Join(' ', codes.Select(code => code.JobId + code.Code));
        }

        Assert.Equal(await IdsAndCodesAsync(), await IdsAndCodesAsync());
    }

    [Fact]
    public async Task An_automatic_promotion_rejects_a_generate_job()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Automatic", automatic: true).Id;

        (await sandbox.GenerateAsync(promotion)).AssertError(422, "No codes allowed", "Cannot add codes to automatic promotion");
    }

    [Fact]
    public async Task Concurrent_writes_to_a_promotion_conflict_if_writes_take_time()
    {
        TimeSpan writeTime = TimeSpan.FromMilliseconds(300);
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync(o => o with { WriteDuration = writeTime });
        string promotion = sandbox.Store.AddPromotion("Summer").Id;

        Task<SandboxResponse> first = sandbox.GenerateAsync(promotion);
        await sandbox.Time.TimerCreatedAsync();
        (await sandbox.GenerateAsync(promotion)).AssertError(409, "Conflict");
        Assert.False(first.IsCompleted);
        sandbox.Time.Advance(writeTime);

        Assert.Equal(201, (int)(await first).Status);
        Assert.Single(sandbox.Store.Jobs(promotion));
    }
}
