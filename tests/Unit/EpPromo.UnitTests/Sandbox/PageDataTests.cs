using System.Net;
using System.Text.Json.Nodes;
using EpPromo.Sandbox;

namespace EpPromo.UnitTests.Sandbox;

/// <summary>What the page of the sandbox shows.</summary>
public sealed class PageDataTests
{
    private const string Snapshot = "_sandbox/page/snapshot";

    [Fact]
    public async Task It_shows_promotions_with_their_codes_and_uses()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string id = sandbox.Store.AddPromotion("Summer", codesLimit: 50).Id;
        sandbox.Store.AddCodes(id, ["a", "b", "c"]);
        sandbox.Store.AddUsage(id, "a", "ada@example.com");
        sandbox.Store.AddUsage(id, "a", "ben@example.com", usage => usage with { TimesUsed = 2 });
        sandbox.Store.AddStandardPromotion("Loyalty");

        SandboxResponse shown = await sandbox.GetAsync(Snapshot);

        Assert.Equal(2, (int?)shown["promotions", "found"]);
        Assert.Equal(["Loyalty", "Summer"], Names(shown));
        Assert.True((bool?)shown["promotions", "rows", 0, "standard"]);
        JsonNode summer = shown["promotions", "rows", 1]!;
        Assert.Equal((3, 50, 1, 3), ((int)summer["codes"]!, (int)summer["limit"]!, (int)summer["usedCodes"]!, (int)summer["uses"]!));
        Assert.Equal((2, 3, 3), ((int)shown["totals", "promotions"]!, (int)shown["totals", "codes"]!, (int)shown["totals", "uses"]!));
    }

    [Fact]
    public async Task A_promotion_is_found_by_name_or_id()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string winter = sandbox.Store.AddPromotion("Winter").Id;
        sandbox.Store.AddPromotion("Summer Sale");
        sandbox.Store.AddPromotion("Midsummer");

        Assert.Equal(["Midsummer", "Summer Sale"], Names(await sandbox.GetAsync($"{Snapshot}?search=SUMMER")));
        Assert.Equal(["Winter"], Names(await sandbox.GetAsync($"{Snapshot}?search={winter[..13]}")));
        SandboxResponse limited = await sandbox.GetAsync($"{Snapshot}?rows=2");
        Assert.Equal((3, 2), ((int?)limited["promotions", "found"], Names(limited).Length));
    }

    [Fact]
    public async Task The_promotions_with_the_latest_jobs_are_shown_first()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string[] promotions = [.. Enumerable.Range(0, 9).Select(number => sandbox.Store.AddPromotion($"Promotion {number}").Id)];
        sandbox.Store.AddJob(promotions[7], new JobSpec { JobType = JobSpec.Export });
        sandbox.Time.Advance(TimeSpan.FromSeconds(1));
        sandbox.Store.AddJob(promotions[3], new JobSpec { JobType = JobSpec.Export });

        Assert.Equal(["Promotion 3"], Names(await sandbox.GetAsync($"{Snapshot}?rows=1")));
        Assert.Equal(["Promotion 3", "Promotion 7"], Names(await sandbox.GetAsync($"{Snapshot}?rows=2")));
    }

    [Fact]
    public async Task It_shows_jobs_latest_first_and_the_queue_in_its_order()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string[] promotions = [.. Enumerable.Range(0, 3).Select(number => sandbox.Store.AddPromotion($"Promotion {number}").Id)];
        sandbox.AddPromotionWithJobs(1);
        foreach (string promotion in promotions)
        {
            await sandbox.GenerateAsync(promotion, codes: 100);
            sandbox.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        // One job at a time takes 200 ms and 1 ms for each code.
        sandbox.Time.Advance(TimeSpan.FromMilliseconds(247));

        SandboxResponse shown = await sandbox.GetAsync(Snapshot);
        Assert.Equal(4, (int?)shown["jobs", "found"]);
        Assert.Equal(["pending", "pending", "processing", "completed"], Values(shown["jobs", "rows"], "status"));
        Assert.Equal(["processing", "pending", "pending"], Values(shown["queue", "rows"], "status"));
        Assert.Equal(["Promotion 0", "Promotion 1", "Promotion 2"], Values(shown["queue", "rows"], "promotionName"));
        Assert.Equal((3, 1), ((int?)shown["queue", "unfinished"], (int?)shown["queue", "running"]));
        JsonNode running = shown["queue", "rows", 0]!;
        Assert.Equal(50, (int?)running["generated"]);
        Assert.Equal(300, (long)running["endsAt"]! - (long)running["startedAt"]!);
        Assert.Equal((1, 1, 2), ((int?)shown["totals", "jobs", "completed"], (int?)shown["totals", "jobs", "processing"], (int?)shown["totals", "jobs", "pending"]));
    }

    [Fact]
    public async Task The_timeline_counts_jobs_by_time_and_outcome()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string id = sandbox.Store.AddPromotion("Summer").Id;
        string other = sandbox.Store.AddPromotion("Winter").Id;
        DateTimeOffset now = sandbox.Time.GetUtcNow();
        AddFinished(id, JobStatus.Completed, TimeSpan.FromSeconds(30));
        AddFinished(id, JobStatus.Failed, TimeSpan.FromSeconds(30));
        AddFinished(id, JobStatus.Cancelled, TimeSpan.FromMinutes(5));
        AddFinished(other, JobStatus.Completed, TimeSpan.FromDays(60));
        AddFinished(other, JobStatus.Completed, TimeSpan.FromDays(100));

        SandboxResponse all = await sandbox.GetAsync(Snapshot);
        SandboxResponse ofOne = await sandbox.GetAsync($"{Snapshot}?promotion={other}");

        Assert.Equal([60, 600, 3600, 86_400, 90 * 86_400], Ranges(all).Select(range => (int)range["seconds"]!));
        Assert.Equal([2, 3, 3, 3, 4], Ranges(all).Select(range => (int)range["jobs"]!));
        Assert.Equal([0, 0, 0, 0, 1], Ranges(ofOne).Select(range => (int)range["jobs"]!));
        JsonNode interval = Assert.Single(Ranges(all)[0]["intervals"]!.AsArray())!;
        Assert.Equal(now.AddSeconds(-30).ToUnixTimeMilliseconds(), (long)interval["at"]!);
        Assert.Equal((1, 1, 0, 0), ((int)interval["completed"]!, (int)interval["failed"]!, (int)interval["cancelled"]!, (int)interval["unfinished"]!));
        Assert.Equal(2, (int?)ofOne["jobs", "found"]);

        void AddFinished(string promotion, string status, TimeSpan age) => sandbox.Store.AddFinishedJob(
            promotion, new JobSpec { JobType = JobSpec.Export }, status, now - age, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Runs_are_found_in_the_names_of_jobs()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string summer = sandbox.Store.AddPromotion("Summer").Id;
        string winter = sandbox.Store.AddPromotion("Winter").Id;
        AddBatch(summer, "bf26 0001/0003", JobStatus.Completed);
        AddBatch(summer, "BF26 0002/0003", JobStatus.Cancelled);
        AddBatch(winter, "bf26 0001/0002", JobStatus.Completed);
        AddBatch(winter, "a newsletter", JobStatus.Completed);
        AddBatch(winter, "bf26 0000/0002", JobStatus.Completed);
        AddBatch(winter, "bf26 001/0002", JobStatus.Completed);
        AddBatch(winter, " 0001/0002", JobStatus.Completed);

        SandboxResponse shown = await sandbox.GetAsync(Snapshot);

        JsonNode run = Assert.Single(shown["runs", "rows"]!.AsArray())!;
        Assert.Equal(("bf26", 2, 5), ((string?)run["name"], (int?)run["promotions"], (int?)run["planned"]));
        Assert.Equal((2, 1, 0, 20), ((int?)run["completed"], (int?)run["failed"], (int?)run["unfinished"], (int?)run["codes"]));

        void AddBatch(string promotion, string name, string status) => sandbox.Store.AddFinishedJob(
            promotion,
            new JobSpec { JobType = JobSpec.Generate, Name = name, NumberOfCodes = 10 },
            status,
            sandbox.Time.GetUtcNow().AddMinutes(-1),
            TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task It_shows_the_latest_requests_with_their_status_and_time()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string id = sandbox.AddPromotionWithJobs(1);
        string job = Assert.Single(sandbox.Store.Jobs(id)).Id;
        await sandbox.DownloadAsync((string)(await sandbox.GetAsync($"{SandboxUnderTest.JobsPath(id)}/{job}/file"))["href"]!);
        await sandbox.GetAsync("v2/rule-promotions?page[limit]=1");
        await sandbox.GetAsync("v2/nothing");

        SandboxResponse shown = await sandbox.GetAsync(Snapshot);

        Assert.Equal(5, (int?)shown["requests", "total"]);
        Assert.Equal(["/v2/nothing", "/v2/rule-promotions?page[limit]=1", $"/{id}/{job}_codes.csv"], Values(shown["requests", "rows"], "path")[..3]);
        Assert.Equal([404, 200, 200, 200, 200], shown["requests", "rows"]!.AsArray().Select(row => (int)row!["status"]!));
        Assert.Equal(["api", "api", "files"], Values(shown["requests", "rows"], "origin")[..3]);
        Assert.DoesNotContain(sandbox.Server.Options.ClientSecret, shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_without_a_response_takes_time_but_has_no_status()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        sandbox.Server.Faults.Add("endpoint=promotion-list action=drop-after");
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => sandbox.GetAsync("v2/rule-promotions"));

        JsonNode request = (await sandbox.GetAsync(Snapshot))["requests", "rows", 0]!;

        Assert.Equal(0, (int?)request["status"]);
    }

    [Fact]
    public async Task Names_cannot_end_a_script_or_start_an_element()
    {
        const string Name = "<script>alert('x')</script><img src=x onerror=alert(1)>&\u2028\"";
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string id = sandbox.Store.AddPromotion(Name).Id;
        sandbox.Store.AddJob(id, new JobSpec { JobType = JobSpec.Export, Name = Name });
        sandbox.Server.Faults.Add("action=redirect url=https://example.com/<script>");
        await sandbox.GetAsync("v2/<script>");

        SandboxResponse shown = await sandbox.GetAsync(Snapshot);

        Assert.DoesNotContain('<', shown.Text);
        Assert.DoesNotContain('>', shown.Text);
        Assert.DoesNotContain('&', shown.Text);
        Assert.DoesNotContain('\u2028', shown.Text);
        Assert.Equal("application/json", shown.MediaType);
        Assert.Equal([Name], Names(shown));
        Assert.Equal(Name, (string?)shown["jobs", "rows", 0, "name"]);
    }

    [Fact]
    public async Task Its_size_does_not_grow_with_the_store()
    {
        const int MaxBytes = 200_000;
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync(options => options with { MaxRecordedRequests = 1000 });
        string longName = new('x', 100_000);
        var export = new JobSpec { JobType = JobSpec.Export, Name = longName };
        for (int promotion = 0; promotion < 1000; promotion++)
        {
            string id = sandbox.Store.AddPromotion($"{promotion} {longName}").Id;
            for (int job = 0; job < 10; job++)
            {
                JobSpec spec = export with { Name = $"{promotion} {job}" };
                sandbox.Store.AddFinishedJob(id, spec, JobStatus.Completed, sandbox.Time.GetUtcNow().AddMinutes(-job), TimeSpan.Zero);
            }

            sandbox.Store.AddJob(id, export);
            sandbox.Server.Faults.Add($"action=delay time=1s path=/{longName}");
        }

        SandboxResponse shown = await sandbox.GetAsync(Snapshot);

        Assert.Equal((1000, 11_000), ((int?)shown["promotions", "found"], (int?)shown["jobs", "found"]));
        Assert.Equal(1000, (int?)shown["queue", "unfinished"]);
        Assert.InRange(shown.Text.Length, 1, MaxBytes);
        Assert.EndsWith("…", Names(shown)[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looking_does_not_change_the_store()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string id = sandbox.Store.AddPromotion("Summer").Id;
        SandboxResponse created = await sandbox.GenerateAsync(id, codes: 100);
        sandbox.Time.Advance(TimeSpan.FromMilliseconds(250));

        Assert.Equal(HttpStatusCode.OK, (await sandbox.GetAsync(Snapshot)).Status);

        // As in an identical store that nobody has looked at.
        await using SandboxUnderTest unseen = await SandboxUnderTest.StartAsync();
        unseen.Store.AddPromotion("Summer");
        await unseen.GenerateAsync(id, codes: 100);
        sandbox.Time.Advance(TimeSpan.FromSeconds(1));
        unseen.Time.Advance(TimeSpan.FromMilliseconds(1250));
        Assert.Equal(created.Id, Assert.Single(unseen.Store.Jobs(id)).Id);
        Assert.Equal(unseen.Store.Codes(id), sandbox.Store.Codes(id));
    }

    private static string[] Names(SandboxResponse shown) => Values(shown["promotions", "rows"], "name");

    private static string[] Values(JsonNode? rows, string field) => [.. rows!.AsArray().Select(row => (string)row![field]!)];

    private static JsonNode[] Ranges(SandboxResponse shown) => [.. shown["timeline", "ranges"]!.AsArray().Select(range => range!)];
}
