using EpPromo.Sandbox;

namespace EpPromo.UnitTests.Sandbox;

/// <summary>Lists page, filter and sort as contract sections 3, 5 and 6 say.</summary>
public sealed class ListTests
{
    private static readonly JobSpec Export = new() { JobType = JobSpec.Export };

    [Fact]
    public async Task A_list_has_25_items_a_page_and_its_last_page_links_to_itself()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = WithJobs(sandbox, 30);

        SandboxUnderTest.Answer first = await sandbox.GetAsync(SandboxUnderTest.Jobs(promotion));
        Assert.Equal((25, 30, 2), (first["data"]?.AsArray().Count, (int?)first["meta", "results", "total"], (int?)first["meta", "page", "total"]));
        SandboxUnderTest.Answer last = await sandbox.GetAsync((string?)first["links", "next"] ?? "");
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
    public async Task Pages_and_filters_out_of_bounds_are_refused(string query, int status)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = WithJobs(sandbox, 1);

        SandboxUnderTest.Answer answer = await sandbox.GetAsync($"{SandboxUnderTest.Jobs(promotion)}?{query}");

        Assert.Equal(status, (int)answer.Status);
        if (query.StartsWith("filter", StringComparison.Ordinal) && status == 400)
        {
            answer.Is(400, "Bad Request", "Could not parse the supplied filter");
        }
    }

    [Fact]
    public async Task More_than_ten_filters_or_8_KB_of_them_are_refused()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string jobs = SandboxUnderTest.Jobs(WithJobs(sandbox, 1));

        Assert.Equal(200, (int)(await sandbox.GetAsync($"{jobs}?filter={Many(10)}")).Status);
        Assert.Equal(400, (int)(await sandbox.GetAsync($"{jobs}?filter={Many(11)}")).Status);
        Assert.Equal(400, (int)(await sandbox.GetAsync($"{jobs}?filter=eq(status,{new string('x', 8 * 1024)})")).Status);
        Assert.Equal(400, (int)(await sandbox.GetAsync($"{jobs}?filter=eq(status,'{new string('é', 5 * 1024)}')")).Status);

        static string Many(int count) => string.Join(':', Enumerable.Repeat("eq(status,completed)", count));
    }

    [Fact]
    public async Task Jobs_are_filtered_by_type_and_by_status_with_the_references_spelling_too()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = WithJobs(sandbox, 2);
        await sandbox.GenerateAsync(promotion);

        Assert.Equal(2, await CountAsync("eq(job_type,code_export)"));
        Assert.Equal(2, await CountAsync("eq(status,complete)"));
        Assert.Equal(1, await CountAsync("eq(status,processing)"));
        Assert.Equal(0, await CountAsync("eq(status,completed):eq(job_type,code_generate)"));

        async Task<int?> CountAsync(string filter) =>
            (int?)(await sandbox.GetAsync($"{SandboxUnderTest.Jobs(promotion)}?filter={filter}"))["meta", "results", "total"];
    }

    [Theory]
    [InlineData(JobOrder.CreatedAscending, true)]
    [InlineData(JobOrder.CreatedDescending, false)]
    public async Task The_order_of_jobs_can_be_turned_round(JobOrder order, bool ascending)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync(o => o with { JobOrder = order });
        string promotion = WithJobs(sandbox, 5);

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
        Assert.Empty((await sandbox.GetAsync(SandboxUnderTest.Jobs(promotion)))["data"]!.AsArray());
        Assert.Empty((await sandbox.GetAsync($"v2/rule-promotions/{promotion}/codes"))["data"]!.AsArray());
        sandbox.Time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal("processing", (string?)(await sandbox.GetAsync(SandboxUnderTest.Jobs(promotion)))["data", 0, "status"]);
        sandbox.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("completed", (string?)(await sandbox.GetAsync(SandboxUnderTest.Jobs(promotion)))["data", 0, "status"]);
    }

    [Fact]
    public async Task Past_10000_codes_one_walks_on_by_code()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Big", codesLimit: 20_000).Id;
        string[] all = [.. sandbox.Store.AddCodes(promotion, Enumerable.Range(0, 10_250).Select(i => $"C{i * 7919 % 10_250:D5}")).Select(c => c.Code)];
        var walked = new List<string>();
        while (true)
        {
            string after = walked.Count == 0 ? "" : $"&filter=gt(code,{walked[^1].ToUpperInvariant()})";
            SandboxUnderTest.Answer page = await sandbox.GetAsync($"v2/rule-promotions/{promotion}/codes?sort=code&page[limit]=100{after}");
            walked.AddRange(page["data"]!.AsArray().Select(code => (string)code!["code"]!));
            if (page["data"]!.AsArray().Count < 100)
            {
                break;
            }
        }

        Assert.Equal(all.Order(StringComparer.Ordinal), walked);
        SandboxUnderTest.Answer last = await sandbox.GetAsync($"v2/rule-promotions/{promotion}/codes?sort=-code&page[limit]=1");
        Assert.Equal("C10249", (string?)last["data", 0, "code"]);
    }

    [Theory]
    [InlineData(@"eq(code,'A\'b')", "a'b")]
    [InlineData(@"gt(code,""a'b"")", @"a\c,été")]
    [InlineData(@"gt(code,'a\\c')", "été")]
    [InlineData(@"gt(code,a):gt(code,'a\'b')", @"a\c,été")]
    [InlineData(@"lt(code,b)", null)]
    public async Task Codes_that_hold_quotes_and_backslashes_are_found_and_walked_past(string filter, string? codes)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        sandbox.Store.AddCodes(promotion, ["été", @"a\c", "a'b"]);

        SandboxUnderTest.Answer answer = await sandbox.GetAsync(
            $"v2/rule-promotions/{promotion}/codes?sort=code&filter={Uri.EscapeDataString(filter)}");

        Assert.Equal(codes is null ? 400 : 200, (int)answer.Status);
        Assert.Equal(codes, codes is null ? null : string.Join(',', answer["data"]!.AsArray().Select(code => (string?)code!["code"])));
    }

    [Theory]
    [InlineData("ilike(name,'summer *')", "Summer Sale")]
    [InlineData("like(name,*Sale)", "Summer Sale,Winter Sale")]
    [InlineData("eq(name,'winter sale')", "")]
    [InlineData("eq(enabled,false)", "Winter Sale")]
    [InlineData("eq(code,kEEp)", "Summer Sale")]
    public async Task Promotions_are_found_by_name_state_and_code(string filter, string names)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        sandbox.Store.AddCodes(sandbox.Store.AddPromotion("Summer Sale").Id, ["KEEP"]);
        sandbox.Store.AddPromotion("Winter Sale", enabled: false);

        SandboxUnderTest.Answer answer = await sandbox.GetAsync($"v2/rule-promotions?filter={filter}");

        Assert.Equal(names, string.Join(',', answer["data"]!.AsArray().Select(promotion => (string?)promotion!["name"])));
    }

    [Theory]
    [InlineData("", "eq(start,banana)")]
    [InlineData("", "gt(end,2026-13-45)")]
    [InlineData("", "le(end,'')")]
    [InlineData("", "eq(enabled,banana)")]
    [InlineData("", "eq(stackable,True)")]
    [InlineData("", "eq(override_stacking,1)")]
    [InlineData("", "eq(name,x):eq(enabled,banana)")]
    [InlineData("/{0}/usages", "gt(used_on,banana)")]
    public async Task A_value_that_its_field_cannot_have_is_refused_whatever_there_is_to_find(string list, string filter)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        string path = "v2/rule-promotions" + string.Format(System.Globalization.CultureInfo.InvariantCulture, list, promotion);

        (await sandbox.GetAsync($"{path}?filter={filter}")).Is(400, "Bad Request", "Could not parse the supplied filter");
    }

    [Theory]
    [InlineData("eq(start,2026-01-31)", 1)]
    [InlineData("gt(start,2026-01-30T23:59:59.123456789Z)", 1)]
    [InlineData("lt(start,2026-01-31)", 0)]
    [InlineData("ge(end,2026-01-31)", 0)]
    [InlineData("eq(start,2026-01-31T00:00:00.000Z)", 1)]
    [InlineData("eq(start,'2026-01-31T01:00:00.000+01:00')", 1)]
    [InlineData("gt(start,2026-01-31T00:00:00.001Z)", 0)]
    [InlineData("le(start,2026-01-31T00:00Z)", 1)]
    [InlineData("eq(enabled,true):eq(stackable,false)", 1)]
    public async Task Promotions_are_found_by_their_times_and_flags(string filter, int count)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        sandbox.Store.UpdatePromotion(promotion, old => old with { Start = new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero) });

        SandboxUnderTest.Answer answer = await sandbox.GetAsync($"v2/rule-promotions?filter={Uri.EscapeDataString(filter)}");
        Assert.Equal(count, (int?)answer["meta", "results", "total"]);
    }

    [Theory]
    [InlineData(@"eq(name,'Food \'n Stuff')", "Food 'n Stuff")]
    [InlineData(@"eq(name,""Food 'n Stuff"")", "Food 'n Stuff")]
    [InlineData(@"eq(name,""Food \'n Stuff"")", "Food 'n Stuff")]
    [InlineData(@"ilike(name,""FOOD \'n *"")", "Food 'n Stuff")]
    [InlineData(@"eq(name,'6\"" \\ (new), old')", @"6"" \ (new), old")]
    [InlineData(@"eq(name,'6"" \\ (new), old')", @"6"" \ (new), old")]
    [InlineData(@"eq( name , 'Été' )", "Été")]
    [InlineData(@"like(name,'Food*'):eq(enabled,true):eq(stackable,false):eq(override_stacking,false)", "Food 'n Stuff")]
    [InlineData(@"ilike(name,été)", null)]
    [InlineData(@"ilike(name,Food n)", null)]
    [InlineData(@"eq(name,'Food 'n Stuff')", null)]
    [InlineData(@"eq(name,'Food\n')", null)]
    [InlineData(@"eq(name,'Food)", null)]
    [InlineData(@"eq(name,""Food')", null)]
    [InlineData(@"eq(name,a\'b)", null)]
    [InlineData(@"eq(name,)", null)]
    [InlineData(@"eq(name)", null)]
    [InlineData(@"eq(name,a,b)", null)]
    [InlineData(@"eq(name,'a')x", null)]
    [InlineData(@"eq(name,'a'x)", null)]
    [InlineData(@"eq(name,a):", null)]
    public async Task Values_of_filters_stand_bare_or_in_quotes_with_backslashes_as_the_guide_says(string filter, string? name)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        foreach (string promotion in new[] { "Food 'n Stuff", @"6"" \ (new), old", "Été" })
        {
            sandbox.Store.AddPromotion(promotion);
        }

        SandboxUnderTest.Answer answer = await sandbox.GetAsync($"v2/rule-promotions?filter={Uri.EscapeDataString(filter)}");

        if (name is null)
        {
            answer.Is(400, "Bad Request", "Could not parse the supplied filter");
            return;
        }

        Assert.Equal(name, (string?)Assert.Single(answer["data"]!.AsArray())!["name"]);
    }

    [Theory]
    [InlineData("eq(rule_set.rules.strategy,and)", "Both")]
    [InlineData("eq(rule_set.rules.strategy,cart_total)", "Both,Total")]
    [InlineData("in(rule_set.rules.strategy,and)", "Both")]
    [InlineData("in(rule_set.rules.strategy,'and',cart_total, item_price)", "Both,Total")]
    [InlineData("in(rule_set.rules.strategy,item_price,or)", "")]
    [InlineData("contains(rule_set.rules.args,'node 1')", "Both")]
    [InlineData("contains(rule_set.rules.args,5000)", "Both,Total")]
    [InlineData("contains(rule_set.rules.args,node)", "")]
    [InlineData("contains(account_tags,vip)", "Total")]
    [InlineData("contains(account_tags,gold)", "Total")]
    [InlineData("contains(account_tags,silver)", "")]
    [InlineData("contains(account_tags,vip):eq(rule_set.rules.strategy,cart_total)", "Total")]
    [InlineData("eq(account_tags,vip)", null)]
    [InlineData("eq(rule_set.rules.args,5000)", null)]
    [InlineData("contains(rule_set.rules.strategy,and)", null)]
    [InlineData("in(name,Both,Total)", null)]
    public async Task Promotions_are_found_by_their_rules_and_account_tags(string filter, string? names)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        const string Both = """
            {"type":"rule_promotion","name":"Both","rule_set":{"rules":{"strategy":"and","children":[
             {"strategy":"cart_total","operator":"gte","args":[5000]},
             {"strategy":"product_category","operator":"in","args":[["node 1","node 2"]]} ]}}}
            """;
        const string Total = """
            {"type":"rule_promotion","name":"Total","account_tags":["vip","gold"],
             "rule_set":{"rules":{"strategy":"cart_total","operator":"eq","args":[5000]}}}
            """;
        Assert.Equal(201, (int)(await sandbox.PostAsync("v2/rule-promotions", $$"""{"data":{{Both}}}""")).Status);
        Assert.Equal(201, (int)(await sandbox.PostAsync("v2/rule-promotions", $$"""{"data":{{Total}}}""")).Status);

        SandboxUnderTest.Answer answer = await sandbox.GetAsync($"v2/rule-promotions?filter={Uri.EscapeDataString(filter)}");

        Assert.Equal(names is null ? 400 : 200, (int)answer.Status);
        Assert.Equal(
            names, names is null ? null : string.Join(',', answer["data"]!.AsArray().Select(promotion => (string?)promotion!["name"])));
    }

    private static string WithJobs(SandboxUnderTest sandbox, int count)
    {
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        for (int i = 0; i < count; i++)
        {
            sandbox.Store.AddJob(promotion, Export);
            sandbox.Time.Advance(TimeSpan.FromSeconds(1));
        }

        return promotion;
    }
}
