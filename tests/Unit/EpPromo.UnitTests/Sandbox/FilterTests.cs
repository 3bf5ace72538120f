namespace EpPromo.UnitTests.Sandbox;

/// <summary>Lists are filtered as contract sections 3, 5 and 6 say.</summary>
public sealed class FilterTests
{
    [Fact]
    public async Task More_than_ten_filters_or_8_KB_of_them_are_rejected()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string jobs = SandboxUnderTest.JobsPath(sandbox.AddPromotionWithJobs(1));

        Assert.Equal(200, (int)(await sandbox.GetAsync($"{jobs}?filter={Many(10)}")).Status);
        Assert.Equal(400, (int)(await sandbox.GetAsync($"{jobs}?filter={Many(11)}")).Status);
        Assert.Equal(400, (int)(await sandbox.GetAsync($"{jobs}?filter=eq(status,{new string('x', 8 * 1024)})")).Status);
        Assert.Equal(400, (int)(await sandbox.GetAsync($"{jobs}?filter=eq(status,'{new string('é', 5 * 1024)}')")).Status);

        static string Many(int count) => string.Join(':', Enumerable.Repeat("eq(status,completed)", count));
    }

    [Fact]
    public async Task Jobs_are_filtered_by_type_and_by_status_including_the_references_spelling()
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.AddPromotionWithJobs(2);
        await sandbox.GenerateAsync(promotion);

        Assert.Equal(2, await CountAsync("eq(job_type,code_export)"));
        Assert.Equal(2, await CountAsync("eq(status,complete)"));
        Assert.Equal(1, await CountAsync("eq(status,processing)"));
        Assert.Equal(0, await CountAsync("eq(status,completed):eq(job_type,code_generate)"));

        async Task<int?> CountAsync(string filter) =>
            (int?)(await sandbox.GetAsync($"{SandboxUnderTest.JobsPath(promotion)}?filter={filter}"))["meta", "results", "total"];
    }

    [Theory]
    [InlineData(@"eq(code,'A\'b')", "a'b")]
    [InlineData(@"gt(code,""a'b"")", @"a\c,été")]
    [InlineData(@"gt(code,'a\\c')", "été")]
    [InlineData(@"gt(code,a):gt(code,'a\'b')", @"a\c,été")]
    [InlineData(@"lt(code,b)", null)]
    public async Task Codes_with_quotes_and_backslashes_can_be_filtered(string filter, string? codes)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        sandbox.Store.AddCodes(promotion, ["été", @"a\c", "a'b"]);

        SandboxResponse response = await sandbox.GetAsync(
            $"v2/rule-promotions/{promotion}/codes?sort=code&filter={Uri.EscapeDataString(filter)}");

        Assert.Equal(codes is null ? 400 : 200, (int)response.Status);
        Assert.Equal(codes, codes is null ? null : string.Join(',', response["data"]!.AsArray().Select(code => (string?)code!["code"])));
    }

    [Theory]
    [InlineData("ilike(name,'summer *')", "Summer Sale")]
    [InlineData("like(name,*Sale)", "Summer Sale,Winter Sale")]
    [InlineData("eq(name,'winter sale')", "")]
    [InlineData("eq(enabled,false)", "Winter Sale")]
    [InlineData("eq(code,kEEp)", "Summer Sale")]
    public async Task Promotions_are_filtered_by_name_state_and_code(string filter, string names)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        sandbox.Store.AddCodes(sandbox.Store.AddPromotion("Summer Sale").Id, ["KEEP"]);
        sandbox.Store.AddPromotion("Winter Sale", enabled: false);

        SandboxResponse response = await sandbox.GetAsync($"v2/rule-promotions?filter={filter}");

        Assert.Equal(names, string.Join(',', response["data"]!.AsArray().Select(promotion => (string?)promotion!["name"])));
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
    public async Task A_value_that_is_invalid_for_its_field_is_rejected_whatever_the_list_contains(string list, string filter)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        string path = "v2/rule-promotions" + string.Format(System.Globalization.CultureInfo.InvariantCulture, list, promotion);

        (await sandbox.GetAsync($"{path}?filter={filter}")).AssertError(400, "Bad Request", "Could not parse the supplied filter");
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
    public async Task Promotions_are_filtered_by_dates_and_flags(string filter, int count)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        string promotion = sandbox.Store.AddPromotion("Summer").Id;
        sandbox.Store.UpdatePromotion(promotion, old => old with { Start = new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero) });

        SandboxResponse response = await sandbox.GetAsync($"v2/rule-promotions?filter={Uri.EscapeDataString(filter)}");
        Assert.Equal(count, (int?)response["meta", "results", "total"]);
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
    public async Task Filter_values_are_bare_or_quoted_with_backslash_escapes(string filter, string? name)
    {
        await using SandboxUnderTest sandbox = await SandboxUnderTest.StartAsync();
        foreach (string promotion in new[] { "Food 'n Stuff", @"6"" \ (new), old", "Été" })
        {
            sandbox.Store.AddPromotion(promotion);
        }

        SandboxResponse response = await sandbox.GetAsync($"v2/rule-promotions?filter={Uri.EscapeDataString(filter)}");

        if (name is null)
        {
            response.AssertError(400, "Bad Request", "Could not parse the supplied filter");
            return;
        }

        Assert.Equal(name, (string?)Assert.Single(response["data"]!.AsArray())!["name"]);
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
    public async Task Promotions_are_filtered_by_rules_and_account_tags(string filter, string? names)
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

        SandboxResponse response = await sandbox.GetAsync($"v2/rule-promotions?filter={Uri.EscapeDataString(filter)}");

        Assert.Equal(names is null ? 400 : 200, (int)response.Status);
        Assert.Equal(
            names, names is null ? null : string.Join(',', response["data"]!.AsArray().Select(promotion => (string?)promotion!["name"])));
    }
}
