using System.Management.Automation;
using EpPromo.ModuleTests.Engine;
using EpPromo.ModuleTests.Runs;
using EpPromo.ModuleTests.Servers;
using EpPromo.Sandbox;

namespace EpPromo.ModuleTests.Input;

/// <summary>Tab completion of promotions, runs and jobs, through the engine's own completion call.</summary>
public sealed class StoreCompletionTests
{
    [Theory]
    [InlineData("Winter", "Winter")]
    [InlineData("Summer Sale", "'Summer Sale'")]
    [InlineData("O'Brien", "'O''Brien'")]
    [InlineData("Mia\u2019s", "'Mia\u2019\u2019s'")]
    [InlineData("Sale [VIP] 50%*", "'Sale [VIP] 50%*'")]
    [InlineData("$5 off; now", "'$5 off; now'")]
    [InlineData("-5 off", "'-5 off'")]
    public async Task A_promotion_is_completed_by_its_name_in_quotes_if_it_needs_them(string name, string completed)
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("Other");
        string id = sandbox.Store.AddPromotion(name).Id;
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal([completed], CompletionTests.Complete(session, $"New-EpPromotionJob -Promotion '{name.Replace("'", "''", StringComparison.Ordinal)[..3]}"));
        Assert.Equal([id], session.Run($"New-EpPromotionJob -Promotion {completed} -NumberOfCodes 1").ThrowIfFailed().Values("PromotionId"));
    }

    [Fact]
    public async Task A_promotion_is_completed_by_the_beginning_of_its_id_and_described()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string id = sandbox.Store.AddPromotion("Summer").Id;
        sandbox.Store.AddPromotion("Winter", enabled: false);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        CompletionResult promotion = Assert.Single(CompletionTests.Matches(session, "Get-EpPromotionJob " + id[..13]));

        Assert.Equal(("Summer", "Summer"), (promotion.CompletionText, promotion.ListItemText));
        Assert.Contains(id, promotion.ToolTip, StringComparison.Ordinal);
        Assert.Contains("disabled", Assert.Single(CompletionTests.Matches(session, "Get-EpPromotionJob win")).ToolTip, StringComparison.Ordinal);
    }

    /// <summary>The name would be an error: it can mean either.</summary>
    [Fact]
    public async Task Promotions_of_the_same_name_are_completed_by_their_ids()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        string[] ids = [sandbox.Store.AddPromotion("Summer").Id, sandbox.Store.AddPromotion("summer").Id];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal(ids.Order(StringComparer.Ordinal), CompletionTests.Complete(session, "Get-EpPromotionJob sum").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Promotions_that_take_no_codes_are_not_offered_where_codes_are_generated()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.Store.AddPromotion("SummerCodes");
        sandbox.Store.AddPromotion("SummerForAll", automatic: true);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal(["SummerCodes"], CompletionTests.Complete(session, "New-EpPromotionJob -Promotion summ"));
        Assert.Equal(["SummerCodes"], CompletionTests.Complete(session, "Request-EpPromotionCode -Promotion summ"));
        Assert.Equal(["SummerCodes", "SummerForAll"], CompletionTests.Complete(session, "Get-EpPromotionJob -Promotion summ"));
        Assert.Contains("no codes", CompletionTests.Matches(session, "Get-EpPromotionJob summerf")[0].ToolTip, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_runs_are_offered_first_to_be_resumed()
    {
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal(["bf27", "xmas", "bf26"], CompletionTests.Complete(session, "Request-EpPromotionCode -Name "));
        Assert.Equal(["bf27", "bf26"], CompletionTests.Complete(session, "Request-EpPromotionCode -Name bf"));
        Assert.Equal(["xmas", "bf26"], CompletionTests.Complete(session, "Request-EpPromotionCode -Promotion Winter -Name "));
        Assert.Equal(["bf27", "bf26"], CompletionTests.Complete(session, "Request-EpPromotionCode -Promotion 'summer' -Count 28 -Name '"));
        Assert.Equal("bf27: incomplete, 20 of 28 codes, Summer", CompletionTests.Matches(session, "Request-EpPromotionCode -Name ")[0].ToolTip[..40]);
    }

    [Fact]
    public async Task Runs_are_completed_the_newest_first()
    {
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        Assert.Equal(["xmas", "bf27", "bf26"], CompletionTests.Complete(session, "Get-EpPromotionRun "));
        Assert.Equal(["xmas", "bf27", "bf26"], CompletionTests.Complete(session, "Get-EpPromotionJob -Run "));
        Assert.Equal(["bf27", "bf26"], CompletionTests.Complete(session, "Get-EpPromotionJob Summer -Run "));
    }

    [Fact]
    public async Task The_name_of_a_run_is_quoted_and_its_wildcards_are_escaped_where_they_would_count()
    {
        await using SandboxServer sandbox = await Sandboxes.StartQuickAsync();
        sandbox.AddBatch(sandbox.Store.AddPromotion("Summer").Id, "Anna's [1] 0001/0001", 3);
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        string pattern = Assert.Single(CompletionTests.Complete(session, "Get-EpPromotionRun ann"));

        Assert.Equal(["'Anna''s [1]'"], CompletionTests.Complete(session, "Request-EpPromotionCode -Name ann"));
        Assert.Equal([pattern], CompletionTests.Complete(session, "Get-EpPromotionRun " + pattern));
        Assert.Equal(["Anna's [1]"], session.Run("Get-EpPromotionRun " + pattern).ThrowIfFailed().Values("Name"));
    }

    /// <summary>Another Tab must not read the store again.</summary>
    [Fact]
    public async Task Runs_are_kept_for_a_while()
    {
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        CompletionTests.Complete(session, "Request-EpPromotionCode -Name ");
        int requests = sandbox.Requests.Count;

        Assert.Equal(["bf27", "bf26"], CompletionTests.Complete(session, "Get-EpPromotionRun bf"));
        Assert.Equal(requests, sandbox.Requests.Count);
    }

    [Fact]
    public async Task Jobs_of_the_promotion_are_completed_by_name_the_newest_first()
    {
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        SandboxJob[] jobs = [.. sandbox.Store.Jobs(sandbox.Store.Promotions[1].Id).OrderByDescending(job => job.CreatedAt)];
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);

        IReadOnlyList<CompletionResult> completed = CompletionTests.Matches(session, "Stop-EpPromotionJob -Promotion Winter -JobId ");

        Assert.Equal(jobs.Select(job => job.Id), completed.Select(job => job.CompletionText));
        Assert.Equal(["A single job", "xmas 0001/0001", "bf26 0001/0001"], completed.Select(job => job.ListItemText));
        Assert.StartsWith("A single job: completed, 3 of 3 codes, ", completed[0].ToolTip, StringComparison.Ordinal);
        Assert.Equal([jobs[1].Id], CompletionTests.Complete(session, "Get-EpPromotionJob Winter -JobId xm"));
        Assert.Equal([jobs[1].Id], CompletionTests.Complete(session, "Get-EpPromotionJob Winter -JobId " + jobs[1].Id[..13]));
        Assert.DoesNotContain(jobs[1].Id, CompletionTests.Complete(session, "Wait-EpPromotionJob -JobId "));
    }

    [Theory]
    [InlineData("Request-EpPromotionCode -Name ", "endpoint=job-list action=status status=403")]
    [InlineData("Request-EpPromotionCode -Name ", "endpoint=promotion-list action=status status=500")]
    [InlineData("Get-EpPromotionJob -Promotion ", "endpoint=promotion-list action=stall-headers time=1m")]
    [InlineData("Get-EpPromotionJob Winter -JobId ", "endpoint=job-list action=stall-headers time=1m")]
    public async Task A_store_that_does_not_respond_leaves_nothing_to_suggest_and_no_error(string line, string fault)
    {
        await using SandboxServer sandbox = await GetRunTests.StartWithRunsAsync();
        using ModuleSession session = ModuleSession.ConnectedTo(sandbox);
        sandbox.Faults.Add(fault);
        session.Run("$Error.Clear()").ThrowIfFailed();

        Assert.DoesNotContain(CompletionTests.Complete(session, line), text => text is "bf26" or "Winter" || Guid.TryParse(text, out _));
        Assert.Empty(session.Run("$Error").Output);
    }
}
