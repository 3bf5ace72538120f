using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using EpPromo.Sandbox;

namespace EpPromo.UnitTests.Sandbox;

/// <summary>Each fault alters the response as its name says, and not the store.</summary>
public sealed class FaultActionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("body=json", "application/json", "\"title\":\"Bad Gateway\"")]
    [InlineData("body=html", "text/html", "<h1>502 Bad Gateway</h1>")]
    [InlineData("body=none", null, "")]
    [InlineData("""text={"x":"a b"}""", "application/json", """{"x":"a b"}""")]
    public async Task A_status_fault_has_a_JSON_HTML_or_empty_body_and_does_not_process_the_request(string body, string? type, string contains)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        sandbox.Server.Faults.Add($"endpoint=job-create action=status status=502 {body}");

        SandboxResponse response = await sandbox.GenerateAsync(promotion);

        Assert.Equal((502, type), ((int)response.Status, response.MediaType));
        Assert.Contains(contains, response.Text, StringComparison.Ordinal);
        Assert.Empty(sandbox.Store.Jobs(promotion));
        Assert.Equal(200, (int)(await sandbox.GetAsync(SandboxUnderTest.JobsPath(promotion))).Status);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("retry-after=seconds time=3s", "3")]
    [InlineData("retry-after=date time=3s", "Sat, 31 Jan 2026 12:00:03 GMT")]
    public async Task A_429_has_a_Retry_After_header_if_the_rule_says_so(string format, string? retryAfter)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        sandbox.Server.Faults.Add($"action=status status=429 {format}");

        SandboxResponse response = await sandbox.GetAsync("v2/rule-promotions");

        response.AssertError(429, "Too Many Requests");
        Assert.Equal(retryAfter, response.Headers.TryGetValues("Retry-After", out IEnumerable<string>? values) ? values.Single() : null);
    }

    [Theory]
    [InlineData("action=drop-before", 0)]
    [InlineData("action=drop-after", 1)]
    public async Task A_dropped_connection_looks_the_same_before_and_after_the_request_is_processed(string fault, int jobs)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        sandbox.Server.Faults.Add($"endpoint=job-create times=1 {fault}");

        await Assert.ThrowsAsync<HttpRequestException>(() => sandbox.GenerateAsync(promotion));

        Assert.Equal(jobs, sandbox.Store.Jobs(promotion).Count);
        Assert.Equal(("POST", 0), (sandbox.Server.Requests[^1].Method, sandbox.Server.Requests[^1].Status));
    }

    [Fact]
    public async Task A_status_fault_can_process_the_request_first()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        sandbox.Server.Faults.Add("endpoint=job-create action=status status=504 body=html after=true");

        Assert.Equal(HttpStatusCode.GatewayTimeout, (await sandbox.GenerateAsync(promotion)).Status);
        Assert.Single(sandbox.Store.Jobs(promotion));
    }

    [Fact]
    public async Task Stalled_headers_arrive_late_or_never_and_do_not_delay_a_stopping_sandbox()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        sandbox.Server.Faults.Add("endpoint=job-list action=stall-headers time=50ms times=1");
        sandbox.Server.Faults.Add("endpoint=job-create action=stall-headers");

        Task<SandboxResponse> late = sandbox.GetAsync(SandboxUnderTest.JobsPath(promotion));
        await sandbox.Time.TimerCreatedAsync();
        sandbox.Time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal(200, (int)(await late).Status);
        Task<SandboxResponse> never = sandbox.GenerateAsync(promotion);
        while (sandbox.Store.Jobs(promotion).Count == 0)
        {
            await Task.Yield();
        }

        Assert.False(never.IsCompleted);
        await sandbox.Server.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => never.WaitAsync(TimeSpan.FromMinutes(1), Ct));
    }

    [Fact]
    public async Task A_stalled_body_stops_halfway_and_continues_after_its_time()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        sandbox.Server.Faults.Add("endpoint=promotion-list action=stall-body time=50ms times=1");
        Task<SandboxResponse> late = sandbox.GetAsync("v2/rule-promotions");
        await sandbox.Time.TimerCreatedAsync();
        sandbox.Time.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal(0, (int?)(await late)["meta", "results", "total"]);
        sandbox.Server.Faults.Add("endpoint=promotion-list action=stall-body");

        using HttpResponseMessage response = await sandbox.GetStreamedAsync("v2/rule-promotions");
        await using Stream body = await response.Content.ReadAsStreamAsync(Ct);
        byte[] half = new byte[(int)response.Content.Headers.ContentLength!.Value / 2];
        await body.ReadExactlyAsync(half, Ct);

        Assert.False(body.ReadExactlyAsync(new byte[1], Ct).AsTask().IsCompleted);
    }

    [Fact]
    public async Task A_truncated_body_ends_halfway()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        sandbox.Server.Faults.Add("endpoint=promotion-list action=truncate");

        using HttpResponseMessage response = await sandbox.GetStreamedAsync("v2/rule-promotions");
        await using Stream body = await response.Content.ReadAsStreamAsync(Ct);
        byte[] half = new byte[(int)response.Content.Headers.ContentLength!.Value / 2];
        await body.ReadExactlyAsync(half, Ct);

        await Assert.ThrowsAsync<HttpIOException>(() => body.ReadExactlyAsync(new byte[1], Ct).AsTask());
    }

    [Fact]
    public async Task A_malformed_body_is_not_valid_JSON()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        sandbox.Server.Faults.Add("endpoint=promotion-list action=malformed");
        var seen = new HashSet<string>();
        for (int i = 0; i < 30; i++)
        {
            SandboxResponse response = await sandbox.GetAsync("v2/rule-promotions");
            Assert.Equal((200, "application/json"), ((int)response.Status, response.MediaType));
            Assert.ThrowsAny<JsonException>(() => response.Json);
            seen.Add(response.Text);
        }

        Assert.Equal(5, seen.Count);
    }

    [Fact]
    public async Task Wrong_types_are_valid_JSON_and_the_same_seed_replaces_the_same_values()
    {
        async Task<List<string>> AlteredAsync()
        {
            await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
            string promotion = sandbox.Store.AddPromotion("Summer").Id;
            string original = (await sandbox.GetAsync($"v2/rule-promotions/{promotion}")).Text;
            sandbox.Server.Faults.Add("endpoint=promotion-get action=wrong-types");
            var altered = new List<string>();
            for (int i = 0; i < 10; i++)
            {
                JsonNode json = (await sandbox.GetAsync($"v2/rule-promotions/{promotion}")).Json;
                Assert.False(JsonNode.DeepEquals(JsonNode.Parse(original), json));
                altered.Add(json.ToJsonString());
            }

            return altered;
        }

        Assert.Equal(await AlteredAsync(), await AlteredAsync());
    }

    [Fact]
    public async Task An_oversized_body_has_the_requested_size_and_the_same_content()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        sandbox.Server.Faults.Add("endpoint=promotion-list action=oversized size=1000000");

        SandboxResponse response = await sandbox.GetAsync("v2/rule-promotions");

        Assert.InRange(response.Text.Length, 1_000_000, 1_010_000);
        Assert.Equal(0, (int?)response["meta", "results", "total"]);
    }

    [Fact]
    public async Task Faults_make_lists_lag_revoke_tokens_and_expire_links()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        string job = (await sandbox.ExportAsync(promotion)).Id;
        sandbox.Time.Advance(TimeSpan.FromSeconds(30));
        sandbox.Server.Faults.Add("endpoint=job-list action=list-lag time=31s times=1");
        Assert.Empty((await sandbox.GetAsync(SandboxUnderTest.JobsPath(promotion)))["data"]!.AsArray());
        Assert.Single((await sandbox.GetAsync(SandboxUnderTest.JobsPath(promotion)))["data"]!.AsArray());

        sandbox.Server.Faults.Add("endpoint=download action=expire-links times=1");
        string href = (string?)(await sandbox.GetAsync($"{SandboxUnderTest.JobsPath(promotion)}/{job}/file"))["href"] ?? "";
        Assert.Equal(403, (int)(await sandbox.DownloadAsync(href)).Status);

        sandbox.Server.Faults.Add("endpoint=job-list action=revoke-tokens times=1");
        (await sandbox.GetAsync(SandboxUnderTest.JobsPath(promotion))).AssertError(401, "Unable to validate access token");
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("status=307 url=http://evil.example/steal", "http://evil.example/steal")]
    public async Task A_redirect_leads_to_another_origin(string where, string? location)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        sandbox.Server.Faults.Add($"action=redirect {where}");

        SandboxResponse response = await sandbox.GetAsync("v2/rule-promotions?page[limit]=1");

        Assert.Equal(location is null ? 302 : 307, (int)response.Status);
        Assert.Equal(location ?? $"{sandbox.Server.FilesUri}v2/rule-promotions?page[limit]=1", response.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("action=fail-job count=3", "failed", 3)]
    [InlineData("action=short-job count=7", "completed", 7)]
    public async Task A_fault_makes_a_job_fail_or_complete_with_fewer_codes(string fault, string status, int codes)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        sandbox.Server.Faults.Add($"endpoint=job-create {fault}");

        Assert.Equal("pending", (await sandbox.GenerateAsync(promotion, codes: 10)).JobStatus);
        sandbox.Time.Advance(TimeSpan.FromSeconds(1));

        SandboxJob job = sandbox.Store.Jobs(promotion)[0];
        Assert.Equal((status, codes), (job.Status, job.Generated));
        Assert.Equal(status == "failed", job.Error is not null);
        Assert.Equal(codes, sandbox.Store.Codes(promotion).Count);
    }

    [Fact]
    public async Task Faults_apply_to_downloads_and_token_requests()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        sandbox.Server.Faults.Add("endpoint=token action=status status=500");
        sandbox.Server.Faults.Add("endpoint=download action=status status=503 body=none");

        Assert.Equal(500, (int)(await sandbox.TokenAsync("client_credentials", "sandbox-secret")).Status);
        Assert.Equal(503, (int)(await sandbox.DownloadAsync($"{sandbox.Server.FilesUri}a/b.csv")).Status);
    }
}
