using EpPromo.Sandbox;

namespace EpPromo.UnitTests.Sandbox;

/// <summary>Lists are paged and sorted as contract sections 3, 5 and 6 say.</summary>
public sealed class ListTests
{
    [Fact]
    public async Task A_page_has_25_items_and_the_last_page_links_to_itself()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.AddPromotionWithJobs(30);

        SandboxResponse first = await sandbox.GetAsync(SandboxUnderTest.JobsPath(promotion));
        Assert.Equal((25, 30, 2), (first["data"]?.AsArray().Count, (int?)first["meta", "results", "total"], (int?)first["meta", "page", "total"]));
        SandboxResponse last = await sandbox.GetAsync((string?)first["links", "next"] ?? "");
        Assert.Equal((5, 25), (last["data"]?.AsArray().Count, (int?)last["meta", "page", "offset"]));
        Assert.Equal((string?)last["links", "current"], (string?)last["links", "next"]);
    }

    [Theory]
    [InlineData("page[limit]=100", 200)]
    [InlineData("page[limit]=101", 400)]
    [InlineData("page[limit]=0", 400)]
    [InlineData("page[offset]=10000", 200)]
    [InlineData("page[offset]=10001", 400)]
    [InlineData("page[offset]=-1", 400)]
    [InlineData("page[limit]=ten", 400)]
    [InlineData("limit=10", 400)]
    [InlineData("filter=eq(job_type,code_export)", 200)]
    [InlineData("filter=eq(status, complete):eq(job_type,'code_export')", 200)]
    [InlineData("filter=eq(name,x)", 400)]
    [InlineData("filter=gt(status,x)", 400)]
    [InlineData("filter=eq(status,completed", 400)]
    [InlineData("filter=eq(status,completed)eq(status,failed)", 400)]
    [InlineData("filter=eq(status,)", 400)]
    [InlineData("filter=", 400)]
    [InlineData("filter=complete", 400)]
    public async Task Invalid_paging_and_filters_are_rejected(string query, int status)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.AddPromotionWithJobs(1);

        SandboxResponse response = await sandbox.GetAsync($"{SandboxUnderTest.JobsPath(promotion)}?{query}");

        Assert.Equal(status, (int)response.Status);
        if (query.StartsWith("filter", StringComparison.Ordinal) && status == 400)
        {
            response.AssertError(400, "Bad Request", "Could not parse the supplied filter");
        }
    }

    [Theory]
    [InlineData(JobOrder.CreatedAscending, true)]
    [InlineData(JobOrder.CreatedDescending, false)]
    public async Task The_order_of_jobs_can_be_reversed(JobOrder order, bool ascending)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync(o => o with { JobOrder = order });
        string promotion = sandbox.AddPromotionWithJobs(5);

        DateTimeOffset[] created = [.. sandbox.Store.Jobs(promotion).Select(job => job.CreatedAt)];
        Assert.Equal(ascending ? created.Order() : created.OrderDescending(), created);
    }

    [Fact]
    public async Task A_lagging_list_shows_the_store_as_it_was()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync(o => o with { ListLag = TimeSpan.FromSeconds(60) });
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        await sandbox.GenerateAsync(promotion, codes: 100);

        sandbox.Time.Advance(TimeSpan.FromSeconds(59.9));
        Assert.Empty((await sandbox.GetAsync(SandboxUnderTest.JobsPath(promotion)))["data"]!.AsArray());
        Assert.Empty((await sandbox.GetAsync($"v2/rule-promotions/{promotion}/codes"))["data"]!.AsArray());
        sandbox.Time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal("processing", (string?)(await sandbox.GetAsync(SandboxUnderTest.JobsPath(promotion)))["data", 0, "status"]);
        sandbox.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("completed", (string?)(await sandbox.GetAsync(SandboxUnderTest.JobsPath(promotion)))["data", 0, "status"]);
    }

    [Fact]
    public async Task More_than_10000_codes_are_listed_by_filtering_on_the_last_code()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Big", codesLimit: 20_000).Id;
        string[] all = [.. sandbox.Store.AddCodes(promotion, Enumerable.Range(0, 10_250).Select(i => $"C{i * 7919 % 10_250:D5}")).Select(c => c.Code)];
        var listed = new List<string>();
        while (true)
        {
            string after = listed.Count == 0 ? "" : $"&filter=gt(code,{listed[^1].ToUpperInvariant()})";
            SandboxResponse page = await sandbox.GetAsync($"v2/rule-promotions/{promotion}/codes?sort=code&page[limit]=100{after}");
            listed.AddRange(page["data"]!.AsArray().Select(code => (string)code!["code"]!));
            if (page["data"]!.AsArray().Count < 100)
            {
                break;
            }
        }

        Assert.Equal(all.Order(StringComparer.Ordinal), listed);
        SandboxResponse last = await sandbox.GetAsync($"v2/rule-promotions/{promotion}/codes?sort=-code&page[limit]=1");
        Assert.Equal("C10249", (string?)last["data", 0, "code"]);
    }
}
