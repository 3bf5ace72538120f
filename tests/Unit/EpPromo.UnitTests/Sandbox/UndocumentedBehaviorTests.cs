using EpPromo.Sandbox;

namespace EpPromo.UnitTests.Sandbox;

/// <summary>The options for behavior that the contract calls unknown (sections 3, 5, 6 and 8).</summary>
public sealed class UndocumentedBehaviorTests
{
    private static readonly JobSpec s_export = new() { JobType = JobSpec.Export };

    [Theory]
    [InlineData("jobs", true)]
    [InlineData("codes", true)]
    [InlineData("usages", false)]
    public async Task The_lists_of_jobs_and_codes_can_ignore_paging(string list, bool ignored)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync(
            o => o with { IgnorePagingOfJobsAndCodes = true, DefaultPageLength = 2 });
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        sandbox.Store.AddCodes(promotion, ["A", "B", "C", "D"]);
        foreach (string code in new[] { "A", "B", "C", "D" })
        {
            sandbox.Store.AddUsage(promotion, code, "ada@example.com");
            sandbox.Store.AddJob(promotion, s_export);
            sandbox.Time.Advance(TimeSpan.FromSeconds(1));
        }

        string url = $"v2/rule-promotions/{promotion}/{list}";
        SandboxResponse first = await sandbox.GetAsync(url);
        SandboxResponse paged = await sandbox.GetAsync($"{url}?page[limit]=100&page[offset]=3");

        Assert.Equal(2, first["data"]!.AsArray().Count);
        Assert.Equal(ignored ? 0 : 3, (int?)paged["meta", "page", "offset"]);
        Assert.Equal(ignored ? 2 : 100, (int?)paged["meta", "page", "limit"]);
        Assert.Equal(4, (int?)paged["meta", "results", "total"]);
        Assert.Equal(ignored, first["data"]!.ToJsonString() == paged["data"]!.ToJsonString());
    }

    [Theory]
    [InlineData(TotalMethod.NotReported, 0, 5, null)]
    [InlineData(TotalMethod.Exact, 0, 5, "exact")]
    [InlineData(TotalMethod.LowerBound, 0, 3, "lower_bound")]
    [InlineData(TotalMethod.LowerBound, 4, 3, "lower_bound")]
    [InlineData(TotalMethod.Observed, 0, 2, "observed")]
    [InlineData(TotalMethod.Observed, 2, 4, "observed")]
    [InlineData(TotalMethod.Observed, 4, 5, "observed")]
    public async Task A_total_can_be_lower_than_the_number_of_items_and_says_how_it_was_counted(TotalMethod method, int offset, int total, string? word)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync(o => o with { TotalMethod = method, TotalCap = 3 });
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        sandbox.Store.AddCodes(promotion, ["A", "B", "C", "D", "E"]);

        SandboxResponse page = await sandbox.GetAsync(
            $"v2/rule-promotions/{promotion}/codes?page[limit]=2&page[offset]={offset}");

        Assert.Equal((total, word), ((int?)page["meta", "results", "total"], (string?)page["meta", "results", "total_method"]));
        Assert.Equal(Math.Min(2, 5 - offset), page["data"]!.AsArray().Count);
        Assert.Equal(offset == 4, (string?)page["links", "next"] == (string?)page["links", "current"]);
    }

    [Theory]
    [InlineData(false, 7)]
    [InlineData(true, null)]
    public async Task A_failed_job_can_have_codes_and_omit_their_number(bool omitted, int? generated)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync(o => o with
        {
            OmitCountsOfFailedJobs = omitted,
            Faults = [FaultRule.Parse("endpoint=job-create action=fail-job count=7")],
        });
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        await sandbox.GenerateAsync(promotion, codes: 10);
        sandbox.Time.Advance(TimeSpan.FromSeconds(1));

        SandboxResponse list = await sandbox.GetAsync(SandboxUnderTest.JobsPath(promotion));

        Assert.Equal("failed", (string?)list["data", 0, "status"]);
        Assert.Equal(generated, (int?)list["data", 0, "result"]?["generated"]);
        Assert.Equal(omitted, list["data", 0, "result"] is null);
        Assert.Equal(7, sandbox.Store.Codes(promotion).Count);
    }

    [Theory]
    [InlineData(DeletedCountFormat.Zero, false, "50")]
    [InlineData(DeletedCountFormat.Zero, true, "0")]
    [InlineData(DeletedCountFormat.Null, false, "50")]
    [InlineData(DeletedCountFormat.Null, true, "null")]
    [InlineData(DeletedCountFormat.Omitted, true, null)]
    [InlineData(DeletedCountFormat.AlwaysOmitted, false, null)]
    [InlineData(DeletedCountFormat.AlwaysOmitted, true, null)]
    public async Task A_cancelled_job_can_keep_its_codes_and_show_or_omit_the_number_of_deleted_ones(DeletedCountFormat format, bool kept, string? deleted)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync(
            o => o with { DeletedCountFormat = format, KeepCodesOfCancelledJobs = kept });
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        string job = (await sandbox.GenerateAsync(promotion, codes: 1000)).Id;
        sandbox.Time.Advance(TimeSpan.FromMilliseconds(250));
        await sandbox.PostAsync($"{SandboxUnderTest.JobsPath(promotion)}/{job}/cancel", null);
        sandbox.Time.Advance(TimeSpan.FromSeconds(1));

        System.Text.Json.Nodes.JsonObject counts =
            (await sandbox.GetAsync(SandboxUnderTest.JobsPath(promotion)))["data", 0, "result"]!.AsObject();

        Assert.Equal(50, (int?)counts["generated"]);
        Assert.Equal(deleted, counts.ContainsKey("deleted") ? counts["deleted"]?.ToJsonString() ?? "null" : null);
        Assert.Equal(kept ? 50 : 0, sandbox.Store.Codes(promotion).Count);
    }

    [Theory]
    [InlineData(CodeFilterSupport.All, "gt(code,'a\\'b')", 200)]
    [InlineData(CodeFilterSupport.WithoutEscapes, "gt(code,'a\\'b')", 400)]
    [InlineData(CodeFilterSupport.WithoutEscapes, "gt(code,\"a'b\")", 200)]
    [InlineData(CodeFilterSupport.WithoutEscapes, "gt(code,'a b')", 200)]
    [InlineData(CodeFilterSupport.WithoutQuotes, "gt(code,'a b')", 400)]
    [InlineData(CodeFilterSupport.WithoutQuotes, "gt(code,ab)", 200)]
    [InlineData(CodeFilterSupport.None, "gt(code,ab)", 400)]
    [InlineData(CodeFilterSupport.None, null, 200)]
    public async Task The_list_of_codes_can_reject_valid_filters(CodeFilterSupport support, string? filter, int status)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync(o => o with { CodeFilterSupport = support });
        string promotion = sandbox.Store.AddPromotion("Summer").Id;

        SandboxResponse response = await sandbox.GetAsync(
            $"v2/rule-promotions/{promotion}/codes?sort=code{(filter is null ? "" : "&filter=" + Uri.EscapeDataString(filter))}");

        Assert.Equal(status, (int)response.Status);
        if (status == 400)
        {
            response.AssertError(400, "Bad Request", "Could not parse the supplied filter");
        }
    }
}
